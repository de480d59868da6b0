// How clusters differ from what is rendered here or was synced last, for the client to show; what is open follows what is typed, and what
// its controller does.
import { type Connection, MessageType, ShowMessageNotification } from 'vscode-languageserver';
import { type LiveDiff, clusterActionProgress, liveDiff } from '../../../protocol/src/clusters.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { ClusterError } from '../cluster/cluster-error.ts';
import { differenceOf, sideTextsOf } from '../cluster/diff/difference.ts';
import { idOf } from '../cluster/tree/inventory.ts';
import type { ObjectName, RowKey } from '../cluster/tree/row.ts';
import { answerer } from './answerer.ts';
import type { Background } from './background.ts';
import type { FoundObject } from './cluster-object.ts';
import { type ComparingFrom, type LiveComparison, type Wanted, compareLive } from './live-comparison.ts';
import { type Comparison, LiveSides, mayBe } from './live-sides.ts';
import { quiet } from './quiet.ts';

/** What differences are answered from. */
export interface LiveDiffing extends ComparingFrom {
  readonly background: Background;
  /** Settles when the workspace was looked through. */
  readonly opened: Promise<void>;
}

/** What was compared. */
interface Asked {
  readonly id: string;
  readonly title: string;
  readonly against: Wanted['against'];
  readonly object: FoundObject;
  /** The rendering that the sides show; undefined when they are to be compared anew in any case. */
  yaml: string | undefined;
  /** The object's version when it was looked at last; empty when it is gone, and that was told. */
  version: string;
}

// A pause of typing after which what is open is compared anew: a cluster is asked for it; milliseconds.
const pause = 500;

/** The differences of one client. */
export class LiveDiffs {
  readonly #connection: Connection;
  readonly #options: LiveDiffing;
  readonly #sides = new LiveSides<Asked>();
  #following = new AbortController();

  constructor(connection: Connection, options: LiveDiffing) {
    this.#connection = connection;
    this.#options = options;
    answerer(connection, options.opened)(liveDiff, async ({ id, against, token }, signal) => {
      const progress = (message: string): void =>
        options.background('telling of a comparison', connection.sendNotification(clusterActionProgress.method, { token, message }));
      const key = JSON.parse(id) as RowKey;
      const owner = key.row === 'resource' ? key.owner : key.row === 'object' ? key : undefined;
      if (!owner) return failed('', 'Nothing is deployed by this row.');
      const title = `${owner.kind} ${owner.name} on ${key.context}`;
      progress(title);
      const wanted = { id, against, wants: (name) => key.row !== 'resource' || mayBe(name, key), before: undefined } satisfies Wanted;
      try {
        const told = (done: number, count: number): void => progress(`${title}: ${done} of ${count} resources`);
        return this.#answer(title, wanted, await compareLive(options, wanted, told, signal));
      } catch (error) {
        if (signal.aborted) return failed(title, 'It was cancelled.');
        if (error instanceof ClusterError) return failed(title, error.message);
        throw error;
      }
    });
  }

  /** The text of a side; undefined when it is none that is kept. */
  text(uri: string): string | undefined {
    return this.#sides.text(uri);
  }

  /** A document with a side was opened. */
  opened(uri: string): void {
    this.#sides.opened(uri);
    // It may have been hidden, and is shown again, while something was typed.
    this.edited();
  }

  /** A document with a side was closed. */
  closed(uri: string): void {
    this.#sides.closed(uri);
  }

  /** Something changed in the files here: what is open is compared anew when the user pauses. */
  edited(): void {
    this.#following.abort();
    this.#following = new AbortController();
    const { signal } = this.#following;
    if (this.#followed().length > 0) this.#options.background('following what is typed in a diff', this.#follow(signal));
  }

  /** Objects of a cluster changed: what is open of them is compared anew, and whoever looks at one that is gone is told. */
  changed(cluster: Cluster): void {
    const open = this.#sides.shown.filter(({ asked }) => asked.object.cluster === cluster && asked.version !== '');
    let isStale = false;
    for (const { asked } of open) {
      const { kind, name } = asked.object.tracked;
      const { objects, listed } = cluster.objects(kind);
      const object = objects.get(`${name.namespace}/${name.name}`);
      if (!object && listed) this.#tellGone(asked);
      if (!object || object.metadata.resourceVersion === asked.version) continue;
      asked.version = object.metadata.resourceVersion;
      asked.yaml = undefined;
      isStale = true;
    }
    if (isStale) this.edited();
  }

  /** Nothing is compared any more. */
  dispose(): void {
    this.#following.abort();
  }

  /** What is open and may have changed: what was synced last does only when its object does. */
  #followed(): readonly Comparison<Asked>[] {
    return this.#sides.shown.filter(({ asked }) => asked.version !== '' && (asked.against === 'rendered' || asked.yaml === undefined));
  }

  #answer(about: string, { id, against }: Wanted, compared: LiveComparison): LiveDiff {
    switch (compared.kind) {
      case 'gone':
        return failed(about, 'It is not there any more.');
      case 'nothingNew':
        return failed(about, 'It was cancelled.');
      case 'unknown':
        return failed(about, compared.reason);
    }
    const { found, target, drift, yaml } = compared;
    const title = target === found.cluster ? about : `${about}, deploying to ${target.context.name}`;
    const differences = drift.drifts.flatMap((each) => differenceOf(each, drift.secrets) ?? []);
    const version = found.tracked.object.metadata.resourceVersion;
    const sides = this.#sides.keep({ id, title, object: found, against, yaml, version }, target.context.name, differences);
    return {
      title,
      called: drift.called,
      differences: differences.map(({ label, change, reason }, index) => {
        const { live = '', rendered = '' } = sides[index] ?? {};
        return { label, change, reason, live, rendered };
      }),
      same: drift.drifts.filter(({ change }) => change.kind === 'same').length,
      notes: drift.notes,
      failure: '',
    };
  }

  async #follow(signal: AbortSignal): Promise<void> {
    await quiet(pause, signal);
    for (const comparison of this.#followed()) {
      const changed = await this.#compareAgain(comparison, signal).catch((error: unknown) => {
        if (signal.aborted) return [];
        if (error instanceof ClusterError) return this.#remark(comparison, error.message);
        throw error;
      });
      for (const uri of changed) await this.#connection.workspace.textDocumentContent.refresh(uri);
    }
  }

  /** Compares the resources that are open. Gives the URIs of what changed. */
  async #compareAgain(comparison: Comparison<Asked>, signal: AbortSignal): Promise<string[]> {
    const { asked, sides } = comparison;
    const { id, against, yaml: before } = asked;
    const wants = (name: ObjectName): boolean => sides.some((each) => mayBe(name, each.name));
    const compared = await compareLive(this.#options, { id, against, wants, before }, () => undefined, signal);
    switch (compared.kind) {
      case 'nothingNew':
        return [];
      case 'gone':
        this.#tellGone(asked);
        return [];
      case 'unknown':
        return this.#remark(comparison, compared.reason);
    }
    asked.yaml = compared.yaml;
    const { drifts, secrets } = compared.drift;
    return sides.flatMap((each) => {
      const drift = drifts.find(({ name }) => idOf(name) === idOf(each.name));
      return this.#sides.replace(each, (drift && sideTextsOf(drift, secrets)) ?? { live: '', rendered: '' });
    });
  }

  /** Says above what was compared last why it is not what is there now. */
  #remark({ asked, sides }: Comparison<Asked>, reason: string): string[] {
    asked.yaml = undefined;
    const [first = ''] = reason.split('\n', 1);
    return sides.flatMap((each) => {
      const [live, rendered] = [this.#sides.text(each.live) ?? '', this.#sides.text(each.rendered) ?? ''];
      return this.#sides.replace(each, { live, rendered: `${remark} ${first}\n${rendered.replace(remarked, '')}` });
    });
  }

  #tellGone(asked: Asked): void {
    if (asked.version === '') return;
    asked.version = '';
    const message = `${asked.title} was deleted. The difference that is open shows what was there before.`;
    const telling = this.#connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message });
    this.#options.background('telling that an object is gone', telling);
  }
}

const remark = '# This is what was compared last:';
const remarked = new RegExp(`^${remark}.*\\n`);

function failed(title: string, failure: string): LiveDiff {
  return { title, called: '', differences: [], same: 0, notes: [], failure };
}
