// What the editor and the terminal both start: the workspace, its schemas and its renderings, held together.
import { type Assets, engineBuild } from './assets.ts';
import { type SchemaService, createSchemaService } from '../schemas/service.ts';
import type { FileSystem } from '../workspace/file-system.ts';
import { type Places, placeAt } from '../workspace/places.ts';
import { type PipelineRendering, Renders } from './renders.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { Planning } from '../model/planning.ts';
import type { Repository } from '../workspace/repository.ts';
import type { Settings } from '../../../protocol/src/options.ts';
import type { View } from '../model/view.ts';
import { Workspace } from '../workspace/workspace.ts';
import { dialects } from '../dialects/dialects.ts';
import { directoryOf } from '../workspace/paths.ts';
import { fileSource } from './file-source.ts';
import { graphOf } from '../model/graph.ts';
import { plan } from './plan.ts';
import { type CopyPlaces, copiesIn, fetchSource } from '../sources/sources.ts';
import { clearCopies, removeUnused, sizeOfCopies } from '../sources/copies.ts';
import { fetchMissing } from '../sources/fetch-missing.ts';
import { type Source, sourcePlace } from '../engine/source.ts';
import { openPool } from '../schemas/pool.ts';
import { type Engine, type Outcome, type RenderRequest, startEngine } from '../engine/engine.ts';
import { commitAt, workingTrees } from '../git/repositories.ts';

/** What a session is started with. */
export interface SessionOptions {
  readonly disk: FileSystem;
  readonly assets: Assets;
  /** Which build of the engine renders; `none` in an untrusted workspace. */
  readonly engine: 'auto' | 'native' | 'wasm' | 'none';
  /** The folder with the copies of what lies elsewhere, as the platform writes it; made when something is fetched. */
  readonly cache: string;
  /** The settings of now; asked whenever they matter. */
  readonly settings: () => Settings;
  /** What connected clusters tell of those that an ApplicationSet's Argo CD deploys to; nothing when not given. */
  readonly registeredClusters?: Planning['registeredClusters'];
  /** Takes what only a developer can act on. */
  readonly log: (message: string) => void;
}

// Enough for a rendering of tens of thousands of resources, and far from what a laptop would miss.
const engineMemory = 2e9;

/** Whether overlays are rendered, and with what. */
export type Rendering =
  | {
      readonly kind: 'on';
      readonly renders: Renders;
      /** Renders a pipeline from the files on disk, whatever the open editors hold; undefined when `signal` ended it first. */
      readonly renderSaved: (pipeline: Pipeline, signal: AbortSignal) => Promise<PipelineRendering | undefined>;
      /** Asks an engine that has these files; of what lies elsewhere it has the copies that were fetched, and no folder that is mapped. */
      readonly renderFrom: (files: FileSystem, request: RenderRequest, signal: AbortSignal) => Promise<Outcome>;
    }
  | { readonly kind: 'off'; readonly reason: string };

/** A workspace at work. */
export class Session {
  readonly workspace: Workspace;
  readonly schemas: SchemaService;
  readonly rendering: Rendering;
  /** The settings of now. */
  readonly settings: () => Settings;
  readonly #disk: FileSystem;
  /** The folder with the copies of what lies elsewhere, as the platform writes it. */
  readonly cache: string;
  /** The sources whose copies renders were given, by their place: the engine may hold them without asking again. */
  readonly #used = new Map<string, Source>();
  #repositories: readonly Repository[] = [];
  #view: View | undefined;

  /** @throws Error when the package lacks its schemas. */
  constructor(options: SessionOptions) {
    const { disk, assets, settings } = options;
    this.settings = settings;
    this.#disk = disk;
    this.cache = options.cache;
    this.workspace = new Workspace(disk, () => settings().files.maxSize * 1e6);
    this.schemas = createSchemaService(openPool(assets.schemas));
    const copies: CopyPlaces = {
      cache: options.cache,
      mappings: () => settings().sources.map,
      folder: () => this.workspace.snapshot.folders[0],
      used: (source) => this.#used.set(sourcePlace(source), source),
      commitAt: (folder) => commitAt(disk, folder),
    };
    this.rendering = rendering(
      options,
      this.workspace.files,
      copies,
      () => this.view,
      () => this.#savedView(),
    );
  }

  /** All that answers depend on, as it is now. */
  get view(): View {
    const { snapshot } = this.workspace;
    if (this.#view?.graph.snapshot !== snapshot) this.#view = { graph: graphOf(snapshot, dialects), repositories: this.#repositories };
    return this.#view;
  }

  /** Looks through `folders`, which become the workspace's only ones. */
  async openFolders(folders: readonly string[]): Promise<void> {
    const { places } = await this.workspace.openFolders(folders);
    await this.#findRepositories(folders, places);
  }

  /** An editor opened `path`, or its text changed. */
  setBuffer(path: string, text: string): void {
    const { places } = this.workspace.setBuffer(path, text);
    this.#stale(affected(places, path));
  }

  /** The editor on `path` was closed. */
  closeBuffer(path: string): void {
    const { places } = this.workspace.closeBuffer(path);
    this.#stale(affected(places, path));
  }

  /** These paths were created, changed or deleted on disk. */
  async refresh(paths: readonly string[]): Promise<void> {
    const before = this.workspace.snapshot.places;
    const { folders, places } = await this.workspace.refresh(paths);
    if (paths.some(configuresRepository)) await this.#findRepositories(folders, places);
    // A folder's listing changes with what is created and deleted in it.
    this.#stale(paths.flatMap((path) => [...affected(before, path), directoryOf(path)]));
  }

  /**
   * Fetches what pipelines miss into the cache, until they miss nothing that is to be had, and tidies the cache up. Only called when the
   * user has asked for it.
   *
   * @param fetched Is told of each source, and of what was found under its revision.
   * @returns Why the rest can't be had, a sentence each.
   */
  async fetch(pipelines: readonly Pipeline[], fetched: (source: Source, exact: string) => void, signal: AbortSignal): Promise<string[]> {
    const { rendering } = this;
    if (rendering.kind === 'off') return [`Nothing is fetched: ${rendering.reason}.`];
    const { renders } = rendering;
    const engine = {
      render: renders.ask.bind(renders),
      changed: renders.changed.bind(renders),
    };
    const failures = await fetchMissing({
      render: async () => {
        const renderings = await Promise.all(pipelines.map((pipeline) => renders.render(pipeline, signal)));
        return renderings.flatMap((outcome) => outcome?.missing ?? []);
      },
      fetch: async (source) => fetched(source, await fetchSource(this.cache, engine, source, signal)),
    });
    await removeUnused(this.cache, [...this.#used.values()], Date.now());
    return failures;
  }

  /** How much room the copies of all sources take, in bytes. */
  sizeOfSources(): Promise<number> {
    return sizeOfCopies(this.cache);
  }

  /** Removes the copies of all sources from the cache; what was rendered from them is stale. */
  async clearSources(): Promise<void> {
    await clearCopies(this.cache);
    this.#used.clear();
    if (this.rendering.kind === 'on') this.rendering.renders.restart();
  }

  /** Ends the engine. */
  dispose(): void {
    if (this.rendering.kind === 'on') this.rendering.renders.dispose();
  }

  #savedView(): View {
    const { snapshot } = this.workspace;
    return { graph: graphOf({ ...snapshot, open: new Map() }, dialects), repositories: this.#repositories };
  }

  async #findRepositories(folders: readonly string[], places: Places): Promise<void> {
    this.#repositories = await workingTrees(this.#disk, folders, places);
    this.#view = undefined;
  }

  #stale(paths: readonly string[]): void {
    if (this.rendering.kind === 'on') this.rendering.renders.changed(paths);
  }
}

// `git init`, `git remote add` and `git switch` decide what repository paths mean; the log of HEAD grows with every commit.
function configuresRepository(path: string): boolean {
  return /\/\.git(?:\/(?:config|HEAD|logs\/HEAD))?$/.test(path);
}

// A file that is not on disk comes and goes with the folders above it that are not there either, and changes the listing
// of the first that is.
function affected(places: Places, path: string): string[] {
  const paths = [path];
  for (let at = path; placeAt(places, at) === 'absent';) {
    at = directoryOf(at);
    paths.push(at);
  }
  return paths;
}

function rendering(
  { disk, assets, engine, settings, registeredClusters = () => Promise.resolve({ kind: 'none' }), log }: SessionOptions,
  files: FileSystem,
  copies: CopyPlaces,
  view: () => View,
  savedView: () => View,
): Rendering {
  if (engine === 'none') return { kind: 'off', reason: 'nothing is rendered in an untrusted workspace' };
  const build = engineBuild(assets, engine);
  if (typeof build === 'string') return { kind: 'off', reason: build };
  const engineOn = (of: FileSystem, places: CopyPlaces): Engine =>
    startEngine({ build, files: fileSource(of, copiesIn(places)), timeout: settings().render.timeout, memoryLimit: engineMemory, log });
  const rendersOf = (of: FileSystem, seen: () => View): Renders => {
    const start = (): Engine => engineOn(of, copies);
    return new Renders(start, (pipeline, rendered) => plan(pipeline, { view: seen(), settings: settings(), rendered, registeredClusters }));
  };
  return {
    kind: 'on',
    renders: rendersOf(files, view),
    async renderSaved(pipeline, signal) {
      // An engine of its own: it is asked rarely, and would have to be told of every change on disk meanwhile.
      const renders = rendersOf(disk, savedView);
      try {
        return await renders.render(pipeline, signal);
      } finally {
        renders.dispose();
      }
    },
    async renderFrom(other, request, signal) {
      const engine = engineOn(other, { ...copies, mappings: () => ({}) });
      try {
        return await engine.render(request, signal);
      } finally {
        engine.dispose();
      }
    },
  };
}
