// Keeps what is wrong with every file and tells the client what changed: the edited file at once, the others that the
// edit may concern when the user pauses.
import { isDeepStrictEqual } from 'node:util';
import type { Connection, Diagnostic } from 'vscode-languageserver';
import type { FindingIn } from '../features/render-findings.ts';
import { type PipelineOutcome, outcomeFindings } from '../features/outcome-findings.ts';
import { existing, fileAt, filesOf } from '../workspace/snapshot.ts';
import { type Checks, findingsIn } from '../features/findings.ts';
import type { Finding } from '../rules/rule.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { previewUri } from '../model/preview-uri.ts';
import type { Session } from '../session/session.ts';
import type { SourceFile } from '../workspace/source-file.ts';
import type { View } from '../model/view.ts';
import { backgroundOf, type Background, logFailure } from './background.ts';
import { diagnosticOf } from './convert.ts';
import { mergeFindings } from '../features/merge-findings.ts';

/** Publishes diagnostics. */
export class Diagnostics {
  readonly #connection: Connection;
  readonly #background: Background;
  readonly #session: Session;
  readonly #checksOf: (path: string) => Checks | undefined;
  readonly #uriOf: (path: string) => string;
  /** The check of each file that began last, until it is done. */
  readonly #newest = new Map<string, symbol>();
  readonly #found = new Map<string, readonly Finding[]>();
  readonly #rendered = new Map<string, readonly FindingIn[]>();
  readonly #published = new Map<string, readonly Diagnostic[]>();

  /**
   * @param checksOf Which checks a file gets; undefined for none at all.
   * @param uriOf The URI of a file as the client knows it.
   */
  constructor(connection: Connection, session: Session, checksOf: (path: string) => Checks | undefined, uriOf: (path: string) => string) {
    this.#connection = connection;
    this.#background = backgroundOf(connection);
    this.#session = session;
    this.#checksOf = checksOf;
    this.#uriOf = uriOf;
  }

  /** How many findings a file has. */
  problemsIn(path: string): number {
    return this.#published.get(path)?.length ?? 0;
  }

  /** Checks one file and publishes what is found; a file that is gone has no findings. */
  async check(path: string): Promise<void> {
    const { view } = this.#session;
    const file = fileAt(view.graph.snapshot, path);
    const checks = file && this.#checksOf(path);
    const check = Symbol(path);
    this.#newest.set(path, check);
    const found = file && checks ? await this.#findingsIn(view, file, checks) : [];
    // While this file was being checked it, another file or a setting may have changed: the check that began later publishes.
    if (this.#newest.get(path) !== check) return;
    this.#newest.delete(path);
    if (fileAt(this.#session.view.graph.snapshot, path) !== file) return;
    if (file) this.#found.set(path, found);
    else this.#found.delete(path);
    this.#publish(path);
  }

  /** Checks every file; gives up, quietly, when `signal` is aborted. Other work gets its turn between files. */
  async checkAll(signal: AbortSignal): Promise<void> {
    const { snapshot } = this.#session.view.graph;
    const gone = [...this.#found.keys()].filter((path) => !fileAt(snapshot, path));
    for (const path of [...gone, ...[...filesOf(snapshot)].map((file) => file.path)]) {
      if (signal.aborted) return;
      await this.check(path);
      await new Promise(setImmediate);
    }
  }

  /** A pipeline was rendered, or could not be. */
  rendered(pipeline: Pipeline, outcome: PipelineOutcome): void {
    const key = previewUri(pipeline);
    const before = this.#rendered.get(key) ?? [];
    const now = outcomeFindings(this.#session.view, pipeline, outcome);
    if (now.length > 0) this.#rendered.set(key, now);
    else this.#rendered.delete(key);
    for (const path of new Set([...before, ...now].map((each) => each.path))) this.#publish(path);
  }

  // A bug that one file brings to light must not cost the findings of the others.
  async #findingsIn(view: View, file: SourceFile, checks: Checks): Promise<Finding[]> {
    try {
      return await findingsIn(view, file, checks);
    } catch (error) {
      logFailure(this.#connection, `checking ${file.path}`, error);
      return [];
    }
  }

  #publish(path: string): void {
    // Renders fail in files too that are not looked into, such as a chart's _helpers.tpl.
    const isWanted = existing(this.#session.view.graph.snapshot, path) === 'file' && this.#checksOf(path) !== undefined;
    const failures = isWanted ? [...this.#rendered.values()].flat() : [];
    const rendered = failures.filter((each) => each.path === path).map(({ finding }) => finding);
    const diagnostics = mergeFindings(this.#found.get(path) ?? [], rendered).map((finding) => diagnosticOf(finding, this.#uriOf));
    if (isDeepStrictEqual(this.#published.get(path) ?? [], diagnostics)) return;
    if (diagnostics.length > 0) this.#published.set(path, diagnostics);
    else this.#published.delete(path);
    this.#background(`publishing the findings of ${path}`, this.#connection.sendDiagnostics({ uri: this.#uriOf(path), diagnostics }));
  }
}
