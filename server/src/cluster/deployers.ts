// Which objects of a cluster deploy what lies in a folder of the repository here.
import { comparable } from '../model/repository.ts';
import type { Repository } from '../workspace/repository.ts';
import { isWithin, resolveFrom } from '../workspace/paths.ts';
import type { Application, ApplicationSource } from './argocd/application.ts';
import { type ArtifactGenerator, type PlaceInSource, copiedFrom } from './flux/artifact-generator.ts';
import { type FluxObject, sourceOf } from './flux/flux-object.ts';
import { type Inventory, type Tracked, idOf } from './tree/inventory.ts';
import { watchedKinds } from './kinds.ts';

/** A folder of a working tree that something delivers from. */
export interface DeployedFolder {
  readonly tracked: Tracked;
  /** Absolute path. */
  readonly folder: string;
  readonly repository: Repository;
  /** The branch, tag or commit that is tracked, as it is written; empty for the remote's own branch. */
  readonly revision: string;
}

/** All folders of the working trees here that objects of a cluster deliver from. */
export function deployedFolders(inventory: Inventory, repositories: readonly Repository[]): readonly DeployedFolder[] {
  const last = known.get(inventory);
  if (last?.repositories === repositories) return last.folders;
  const makers = [...inventory.objects.values()].filter(({ name }) => name.kind === 'ArtifactGenerator');
  const generators = makers.map(({ object }) => object as ArtifactGenerator);
  const folders = [...inventory.objects.values()].flatMap((tracked) =>
    placesOf(inventory, generators, tracked).flatMap(({ url, path, revision }) =>
      repositories
        .filter(({ remotes }) => remotes.some((remote) => comparable(remote) === comparable(url)))
        .map((repository) => ({ tracked, folder: resolveFrom(repository.root, `.${resolveFrom('/', path)}`), repository, revision })),
    ),
  );
  known.set(inventory, { repositories, folders });
  return folders;
}

// Every lens and every mark in the explorer asks for it.
const known = new WeakMap<Inventory, { readonly repositories: readonly Repository[]; readonly folders: readonly DeployedFolder[] }>();

/** Those of them that deploy `folder`: the nearest above it, and the folder itself. */
export function deployersOf(all: readonly DeployedFolder[], folder: string): Tracked[] {
  const above = all.filter((each) => isWithin(each.folder, folder) || each.folder === folder);
  const nearest = Math.max(...above.map((each) => each.folder.length));
  return above.filter((each) => each.folder.length === nearest).map(({ tracked }) => tracked);
}

interface Place {
  readonly url: string;
  readonly path: string;
  readonly revision: string;
}

function placesOf(inventory: Inventory, generators: readonly ArtifactGenerator[], { object }: Tracked): Place[] {
  if (object.kind === 'Application') return applicationSources(object as Application).flatMap(applicationPlace);
  if (object.kind !== 'Kustomization' && object.kind !== 'HelmRelease') return [];
  const flux = object as FluxObject & { readonly spec?: { readonly path?: string } };
  const source = sourceOf(flux);
  // A chart that an ArtifactGenerator puts together is the whole artifact.
  const ofChart = source?.kind === 'ExternalArtifact' ? '.' : flux.spec?.chart?.spec?.chart;
  const path = object.kind === 'Kustomization' ? (flux.spec?.path ?? '.') : ofChart;
  if (!source || path === undefined) return [];
  if (source.kind !== 'ExternalArtifact') return gitPlaces(inventory, { source, path });
  return generators
    .filter(({ metadata }) => metadata.namespace === source.namespace)
    .flatMap((generator) => copiedFrom(generator, source.name, path))
    .flatMap((place) => gitPlaces(inventory, place));
}

function gitPlaces(inventory: Inventory, { source: reference, path }: PlaceInSource): Place[] {
  const group = watchedKinds.find(({ kind }) => kind === 'GitRepository')?.group;
  if (reference.kind !== 'GitRepository' || group === undefined) return [];
  const source = inventory.objects.get(idOf({ ...reference, group }));
  const { url, ref } = (source?.object.spec ?? {}) as GitSource;
  // source-controller's own order, and its default (source-controller API v1, GitRepositoryRef).
  const revision = ref?.commit ?? ref?.name?.replace(/^refs\/(heads|tags)\//, '') ?? ref?.semver ?? ref?.tag ?? ref?.branch ?? 'master';
  return url === undefined ? [] : [{ url, path, revision }];
}

/** `spec` of a GitRepository, as far as it is read. */
interface GitSource {
  readonly url?: string;
  readonly ref?: {
    readonly commit?: string;
    readonly name?: string;
    readonly semver?: string;
    readonly tag?: string;
    readonly branch?: string;
  };
}

function applicationSources({ spec }: Application): readonly ApplicationSource[] {
  return spec.sources ?? (spec.source ? [spec.source] : []);
}

// A source with only a `ref` lends its files to others and deploys nothing.
function applicationPlace({ repoURL, path, chart, targetRevision = '' }: ApplicationSource): Place[] {
  const revision = targetRevision === 'HEAD' ? '' : targetRevision;
  return path === undefined || chart !== undefined ? [] : [{ url: repoURL, path, revision }];
}
