import {
  type CompletionItem,
  type Connection,
  type Hover,
  type InitializeParams,
  LSPErrorCodes,
  ResponseError,
  type TextDocumentPositionParams,
} from 'vscode-languageserver';
import { type InitializationOptions, type Settings, defaultSettings } from '../../../protocol/src/options.ts';
import { codeLensOf, completionItemOf, locationLinkOf } from './convert.ts';
import { filesSkipped, objects, objectsChanged, overlaysOf, previewChanged } from '../../../protocol/src/messages.ts';
import { objectTree, overlayLabel } from '../features/object-tree.ts';
import { overlayUri, previewUri } from '../../../protocol/src/preview.ts';
import { pathOf, uriOf } from '../workspace/paths.ts';
import { previewState, previewText } from '../features/rendered-preview.ts';
import type { Assets } from '../session/assets.ts';
import { Diagnostics } from './diagnostics.ts';
import { OpenDocuments } from './open-documents.ts';
import type { OverlayRendering } from '../session/renders.ts';
import { RenderLoop } from './render-loop.ts';
import type { Request } from '../../../protocol/src/messages.ts';
import { Session } from '../session/session.ts';
import type { SourceFile } from '../workspace/source-file.ts';
import { codeLenses } from '../features/code-lens.ts';
import { completions } from '../features/completion.ts';
import { definition } from '../features/definition.ts';
import { disk } from '../workspace/disk.ts';
import { fileAt } from '../workspace/snapshot.ts';
import { hover } from '../features/hover.ts';
import { overlayChoices } from '../features/overlays-of.ts';
import { quiet } from './quiet.ts';
import { readSettings } from './settings.ts';
import { schemasElsewhere } from './schemas-elsewhere.ts';

type ClientCapabilities = Exclude<InitializeParams['capabilities']['workspace'], undefined>;

// A pause of typing after which the files are checked that the edit did not touch itself; milliseconds.
const pause = 400;

/** One client's server: its session, what it is told, and what it asks. */
export class Server {
  readonly #connection: Connection;
  readonly #session: Session;
  readonly #documents: OpenDocuments;
  readonly #diagnostics: Diagnostics;
  readonly #renderLoop: RenderLoop | undefined;
  readonly #servedElsewhere: (path: string) => boolean;
  readonly #client: ClientCapabilities;
  readonly #opened = Promise.withResolvers<true>();
  #settings: Settings = defaultSettings;
  #settling = new AbortController();
  #disposed = false;
  #toldSkipped = new Set<string>();

  constructor(connection: Connection, assets: Assets, options: InitializationOptions, client: ClientCapabilities) {
    this.#connection = connection;
    this.#client = client;
    this.#servedElsewhere = schemasElsewhere(options.schemasElsewhere ?? []);
    this.#session = new Session({
      disk,
      assets,
      engine: options.trusted === false ? 'none' : (options.engine ?? 'auto'),
      settings: () => this.#settings,
      log: (message) => connection.console.log(message),
    });
    this.#diagnostics = new Diagnostics(
      connection,
      this.#session,
      (file) => this.#checksOf(file),
      (path) => this.#documents.uriOf(path),
    );
    const { rendering } = this.#session;
    if (rendering.kind === 'on')
      this.#renderLoop = new RenderLoop(this.#session, rendering.renders, (directory, outcome) => this.#rendered(directory, outcome));
    this.#documents = new OpenDocuments(connection, {
      edited: (path, text) => {
        this.#session.setBuffer(path, text);
        this.#edited(path);
      },
      closed: (path) => {
        this.#session.closeBuffer(path);
        this.#edited(path);
      },
      previewOpened: (directory) => this.#renderLoop?.openPreview(directory),
      previewClosed: (directory) => this.#renderLoop?.closePreview(directory),
    });
    this.#answerRequests();
  }

  /** Looks through the folders, checks all that is in them, and follows what happens to them. */
  async start(folders: readonly string[]): Promise<void> {
    this.#connection.onDidChangeWatchedFiles(({ changes }) => void this.#refresh(changes.map(({ uri }) => pathOf(uri))));
    this.#connection.onDidChangeConfiguration(() => void this.#reconfigure());
    if (this.#client.workspaceFolders) {
      this.#connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = removed.map(({ uri }) => pathOf(uri));
        const kept = this.#session.workspace.snapshot.folders.filter((folder) => !gone.includes(folder));
        void this.#open([...kept, ...added.map(({ uri }) => pathOf(uri))]);
      });
    }
    this.#settings = await readSettings(this.#connection, this.#client.configuration === true);
    await this.#open(folders);
    this.#opened.resolve(true);
  }

  /** Ends the engine and all work that is under way. */
  dispose(): void {
    this.#disposed = true;
    this.#settling.abort();
    this.#renderLoop?.dispose();
    this.#session.dispose();
  }

  #answerRequests(): void {
    const connection = this.#connection;
    connection.onHover((params): Hover | null => {
      const found = this.#at(params);
      const text = found && this.#schemasFor(found.file) && hover(this.#session.schemas, found.file, found.offset);
      return text ? { contents: { kind: 'markdown', value: text.markdown }, range: text.range } : null;
    });
    connection.onCompletion(async (params): Promise<CompletionItem[]> => {
      const found = this.#at(params);
      const schemas = found && this.#schemasFor(found.file);
      return schemas ? (await completions(this.#session.view, schemas, found.file, found.offset)).map(completionItemOf) : [];
    });
    connection.onDefinition(async (params) => {
      await this.#opened.promise;
      const found = this.#at(params);
      return found ? definition(this.#session.view, found.file, found.offset).map(locationLinkOf) : [];
    });
    connection.onCodeLens(async ({ textDocument }) => {
      await this.#opened.promise;
      const file = this.#file(textDocument.uri);
      return file && this.#renderLoop ? codeLenses(file).map(codeLensOf) : [];
    });
    connection.workspace.textDocumentContent.on(({ uri }) => ({ text: this.#previewText(uri) }));
    this.#answer(overlaysOf, ({ uri }) => overlayChoices(this.#session.view, pathOf(uri)));
    this.#answer(objects, () => objectTree(this.#session.view, (path) => this.#diagnostics.problemsIn(path)));
  }

  #answer<Params, Result>({ method }: Request<Params, Result>, handler: (params: Params) => Result): void {
    this.#connection.onRequest(method, async (params: Params) => {
      await this.#opened.promise;
      return handler(params);
    });
  }

  async #open(folders: readonly string[]): Promise<void> {
    await this.#session.openFolders(folders);
    this.#tellSkipped();
    this.#changed();
  }

  async #refresh(paths: readonly string[]): Promise<void> {
    await this.#session.refresh(paths);
    this.#tellSkipped();
    this.#changed();
  }

  async #reconfigure(): Promise<void> {
    const before = this.#settings;
    this.#settings = await readSettings(this.#connection, this.#client.configuration === true);
    if (this.#session.rendering.kind === 'on') this.#session.rendering.renders.restart();
    if (before.files.maxSize === this.#settings.files.maxSize) this.#changed();
    else await this.#open(this.#session.workspace.snapshot.folders);
  }

  // What a document is depends on the files around it, so nothing is said before they are known.
  #edited(path: string): void {
    void this.#opened.promise.then(() => this.#diagnostics.check(path));
    this.#changed();
  }

  /** Whatever changed: renders follow at once, the rest when the user pauses. */
  #changed(): void {
    if (this.#disposed) return;
    this.#renderLoop?.changed();
    this.#settling.abort();
    this.#settling = new AbortController();
    void this.#settle(this.#settling.signal);
  }

  async #settle(signal: AbortSignal): Promise<void> {
    await this.#opened.promise;
    await quiet(pause, signal);
    await this.#diagnostics.checkAll(signal);
    if (!signal.aborted) void this.#connection.sendNotification(objectsChanged.method, null);
  }

  #rendered(directory: string, outcome: OverlayRendering): void {
    this.#diagnostics.rendered(directory, outcome.failure);
    if (!this.#renderLoop?.isPreviewed(directory)) return;
    const uri = previewUri(uriOf(directory));
    void this.#connection.workspace.textDocumentContent.refresh(uri);
    void this.#connection.sendNotification(previewChanged.method, { uri, state: previewState(outcome) });
  }

  #previewText(uri: string): string {
    const overlay = overlayUri(uri);
    if (overlay === undefined) throw new ResponseError(LSPErrorCodes.RequestFailed, `${uri} is not a rendered preview.`);
    const directory = pathOf(overlay);
    const { rendering, view } = this.#session;
    if (rendering.kind === 'off') return `# Not rendered: ${rendering.reason}.\n`;
    return previewText(overlayLabel(view, directory), rendering.renders.known(directory));
  }

  #tellSkipped(): void {
    const { skipped } = this.#session.workspace.snapshot;
    const files = skipped.filter(({ path }) => !this.#toldSkipped.has(path)).map(({ path, reason }) => ({ uri: uriOf(path), reason }));
    for (const { path } of skipped) this.#toldSkipped.add(path);
    if (files.length > 0) void this.#connection.sendNotification(filesSkipped.method, { files });
  }

  #checksOf(file: SourceFile) {
    return this.#settings.validate.enable ? { schemas: this.#schemasFor(file) } : undefined;
  }

  /** The schemas, unless the settings leave them to another extension for this file. */
  #schemasFor(file: SourceFile) {
    const { schemaFeatures } = this.#settings.yaml;
    const left = schemaFeatures === 'off' || (schemaFeatures === 'auto' && this.#servedElsewhere(file.path));
    return left ? undefined : this.#session.schemas;
  }

  #file(uri: string): SourceFile | undefined {
    return fileAt(this.#session.workspace.snapshot, pathOf(uri));
  }

  #at({ textDocument, position }: TextDocumentPositionParams): { file: SourceFile; offset: number } | undefined {
    const file = this.#file(textDocument.uri);
    return file && { file, offset: file.lines.offsetAt(position) };
  }
}
