import { isDeepStrictEqual } from 'node:util';
import { CodeLensRefreshRequest, type Connection, type WorkspaceClientCapabilities } from 'vscode-languageserver';
import { type Background, backgroundOf } from './background.ts';
import { type InitializationOptions, type Settings, defaultSettings } from '../../../protocol/src/options.ts';
import { type FetchReport, filesSkipped, objectsChanged } from '../../../protocol/src/messages.ts';
import type { Assets } from '../session/assets.ts';
import type { Checks } from '../features/findings.ts';
import { Diagnostics } from './diagnostics.ts';
import { ClusterTree } from './clusters.ts';
import { OpenDocuments } from './open-documents.ts';
import { RenderLoop, type RenderLoopEvents } from './render-loop.ts';
import type { SchemaService } from '../schemas/service.ts';
import { Session } from '../session/session.ts';
import { answerRequests } from './requests.ts';
import { defaultCacheFolder } from '../sources/cache-folder.ts';
import { disk } from '../workspace/disk.ts';
import { fetchFor } from './fetch-sources.ts';
import { filePaths } from './file-paths.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { type Source, sourcePlace } from '../engine/source.ts';
import { quiet } from './quiet.ts';
import { readSettings } from './settings.ts';
import { schemasElsewhere } from './schemas-elsewhere.ts';
import { Previews } from './previews.ts';
import { momentOf } from '../model/preview-uri.ts';
import { uriOf } from '../workspace/paths.ts';

// A pause of typing after which the files are checked that the edit did not touch itself; milliseconds.
const pause = 400;

/** One client's server: its session, what happens to it, and what follows from that. */
export class Server {
  readonly #connection: Connection;
  readonly #client: WorkspaceClientCapabilities;
  readonly #background: Background;
  readonly #session: Session;
  readonly #documents: OpenDocuments;
  readonly #diagnostics: Diagnostics;
  readonly #previews: Previews;
  readonly #clusters: ClusterTree;
  readonly #renderLoop: RenderLoop | undefined;
  readonly #servedElsewhere: (path: string) => boolean;
  readonly #opened: PromiseWithResolvers<void> = Promise.withResolvers();
  readonly #toldSkipped = new Set<string>();
  /** What was fetched, or tried, without being asked for. */
  readonly #triedUnasked = new Set<string>();
  readonly #unasked = new AbortController();
  #folders: readonly string[] = [];
  #settings: Settings = defaultSettings;
  #settling = new AbortController();
  #disposed = false;

  constructor(connection: Connection, assets: Assets, options: InitializationOptions, client: WorkspaceClientCapabilities) {
    this.#connection = connection;
    this.#client = client;
    this.#background = backgroundOf(connection);
    this.#servedElsewhere = schemasElsewhere(options.schemasElsewhere ?? []);
    this.#session = new Session({
      disk,
      assets,
      engine: options.trusted === false ? 'none' : (options.engine ?? 'auto'),
      cache: options.cache ?? defaultCacheFolder(),
      settings: () => this.#settings,
      registeredClusters: (set) => Promise.resolve(this.#clusters.registered(set)),
      log: (message) => connection.console.log(message),
    });
    this.#diagnostics = new Diagnostics(
      connection,
      this.#session,
      (path) => this.#checksOf(path),
      (path) => this.#documents.uriOf(path),
    );
    this.#previews = new Previews(connection, this.#background, this.#session);
    this.#clusters = new ClusterTree({
      connection,
      background: this.#background,
      settings: () => this.#settings,
      session: this.#session,
      view: () => this.#session.view,
      opened: this.#opened.promise,
      trusted: options.trusted !== false,
      changed: () => this.#refreshLenses(),
      registeredChanged: () => this.#changed(),
    });
    this.#renderLoop = this.#startRenderLoop();
    this.#documents = new OpenDocuments(connection, {
      edited: (path, text) => {
        this.#session.setBuffer(path, text);
        this.#edited(path);
      },
      saved: (path) => this.#background('looking at a saved file', this.#refresh([path])),
      closed: (path) => {
        this.#session.closeBuffer(path);
        this.#edited(path);
      },
      liveSideOpened: (uri) => this.#clusters.liveDiffs?.opened(uri),
      liveSideClosed: (uri) => this.#clusters.liveDiffs?.closed(uri),
      previewOpened: (uri, pipeline) => {
        this.#previews.opened(uri);
        if (momentOf(uri) === 'now') this.#renderLoop?.openPreview(pipeline);
      },
      previewClosed: (uri, pipeline) => {
        this.#previews.closed(uri);
        if (momentOf(uri) === 'now') this.#renderLoop?.closePreview(pipeline);
      },
    });
    answerRequests(connection, {
      session: this.#session,
      previews: this.#previews,
      previewTextAt: (uri) => this.#documents.previewText(uri),
      liveSide: (uri) => this.#clusters.liveDiffs?.text(uri),
      opened: this.#opened.promise,
      schemasFor: (file) => this.#schemasFor(file.path),
      problemsIn: (path) => this.#diagnostics.problemsIn(path),
      liveLenses: (file) => this.#clusters.lenses(file),
      fetchMissing: (uri, signal) => this.#fetch(uri, signal),
      clearSources: async () => {
        await this.#session.clearSources();
        this.#changed();
      },
    });
  }

  /** Looks through the folders, checks all that is in them, and follows what happens to them. */
  start(folders: readonly string[]): void {
    this.#folders = folders;
    this.#connection.onDidChangeWatchedFiles(({ changes }) =>
      this.#background('looking at changed files', this.#refresh(filePaths(changes.map(({ uri }) => uri)))),
    );
    this.#connection.onDidChangeConfiguration(() => this.#background('taking new settings', this.#reconfigure()));
    if (this.#client.workspaceFolders) {
      this.#connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = filePaths(removed.map(({ uri }) => uri));
        this.#folders = [...this.#folders.filter((folder) => !gone.includes(folder)), ...filePaths(added.map(({ uri }) => uri))];
        this.#background('opening folders', this.#open());
      });
    }
    this.#background('starting', this.#begin());
  }

  /** Ends the engine and all work that is under way. */
  dispose(): void {
    this.#disposed = true;
    this.#unasked.abort();
    this.#settling.abort();
    this.#renderLoop?.dispose();
    this.#previews.dispose();
    this.#clusters.dispose();
    this.#session.dispose();
  }

  #startRenderLoop(): RenderLoop | undefined {
    const { rendering } = this.#session;
    if (rendering.kind === 'off') return undefined;
    const events = {
      rendered: (pipeline, rendering) => {
        this.#diagnostics.rendered(pipeline, rendering);
        this.#background('fetching what is missing', this.#fetchUnasked(pipeline, rendering.missing));
        if (pipeline.kind === 'object' && pipeline.objectKind === 'ApplicationSet') this.#refreshLenses();
      },
      previewChanged: (pipeline, rendering) => this.#previews.rendered(pipeline, rendering),
    } satisfies RenderLoopEvents;
    return new RenderLoop(this.#session, rendering.renders, events, this.#background);
  }

  /** Fetches because the user asked for it; what missed it is rendered again. */
  async #fetch(uri: string | undefined, signal: AbortSignal): Promise<FetchReport> {
    const report = await fetchFor(this.#connection, this.#session, this.#settings, uri, signal);
    if (report.fetched.length > 0) this.#changed();
    return report;
  }

  /** Fetches because the settings say so: what can't be had is tried once, and again when the user asks. */
  async #fetchUnasked(pipeline: Pipeline, missing: readonly Source[]): Promise<void> {
    const untried = missing.map(sourcePlace).filter((place) => !this.#triedUnasked.has(place));
    if (this.#settings.sources.fetch !== 'always' || untried.length === 0) return;
    for (const place of untried) this.#triedUnasked.add(place);
    const failures = await this.#session.fetch([pipeline], () => undefined, this.#unasked.signal);
    for (const failure of failures) this.#connection.console.warn(failure);
    this.#changed();
  }

  // A lens above an ApplicationSet tells how many Applications it generates, others how objects stand in clusters.
  #refreshLenses(): void {
    if (this.#client.codeLens?.refreshSupport)
      this.#background('refreshing lenses', this.#connection.sendRequest(CodeLensRefreshRequest.type));
  }

  // Requests are answered even when something went wrong here.
  async #begin(): Promise<void> {
    try {
      this.#settings = await readSettings(this.#connection, this.#client);
      await this.#open();
    } finally {
      this.#opened.resolve();
    }
  }

  async #open(): Promise<void> {
    await this.#session.openFolders(this.#folders);
    this.#tellSkipped();
    this.#changed();
  }

  async #refresh(paths: readonly string[]): Promise<void> {
    const { repositories } = this.#session.view;
    await this.#session.refresh(paths);
    this.#tellSkipped();
    this.#changed();
    this.#previews.diskChanged();
    if (!isDeepStrictEqual(this.#session.view.repositories, repositories)) this.#previews.revisionChanged();
  }

  // Clients tell of their settings once when they are asked to tell of changes.
  async #reconfigure(): Promise<void> {
    await this.#opened.promise;
    const before = this.#settings;
    this.#settings = await readSettings(this.#connection, this.#client);
    const { render, files, sources } = this.#settings;
    if (isDeepStrictEqual(this.#settings, before)) return;
    if (!isDeepStrictEqual(this.#settings.cluster, before.cluster)) this.#clusters.settingsChanged();
    const restarts = !isDeepStrictEqual([render, sources.map], [before.render, before.sources.map]);
    if (this.#session.rendering.kind === 'on' && restarts) this.#session.rendering.renders.restart();
    if (files.maxSize === before.files.maxSize) this.#changed();
    else await this.#open();
  }

  // What a document is depends on the files around it, so nothing is said before they are known.
  #edited(path: string): void {
    this.#background(
      `checking ${path}`,
      this.#opened.promise.then(() => this.#diagnostics.check(path)),
    );
    this.#changed();
  }

  /** Whatever changed: renders follow at once, the rest when the user pauses. */
  #changed(): void {
    if (this.#disposed) return;
    this.#renderLoop?.changed();
    this.#previews.changed();
    this.#clusters.liveDiffs?.edited();
    this.#settling.abort();
    this.#settling = new AbortController();
    this.#background('checking all files', this.#settle(this.#settling.signal));
  }

  async #settle(signal: AbortSignal): Promise<void> {
    await this.#opened.promise;
    await quiet(pause, signal);
    await this.#diagnostics.checkAll(signal);
    if (!signal.aborted) await this.#connection.sendNotification(objectsChanged.method, null);
  }

  #tellSkipped(): void {
    const { skipped } = this.#session.workspace.snapshot;
    const files = skipped.filter(({ path }) => !this.#toldSkipped.has(path)).map(({ path, reason }) => ({ uri: uriOf(path), reason }));
    for (const { path } of skipped) this.#toldSkipped.add(path);
    if (files.length > 0) this.#background('telling what was left out', this.#connection.sendNotification(filesSkipped.method, { files }));
  }

  #checksOf(path: string): Checks | undefined {
    return this.#settings.validate.enable ? { schemas: this.#schemasFor(path) } : undefined;
  }

  /** The schemas, unless the settings leave them to another extension for this file. */
  #schemasFor(path: string): SchemaService | undefined {
    const { schemaFeatures } = this.#settings.yaml;
    const left = schemaFeatures === 'off' || (schemaFeatures === 'auto' && this.#servedElsewhere(path));
    return left ? undefined : this.#session.schemas;
  }
}
