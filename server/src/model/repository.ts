// Which Git repository a document means, and whether it is one that lies open here.
import { type Snapshot, existing, folderOf } from '../workspace/snapshot.ts';
import { plainAddress } from '../workspace/address.ts';
import type { DeclaredObject } from './object.ts';
import type { Graph } from './graph.ts';
import type { Repository } from '../workspace/repository.ts';
import type { RepositoryName } from './reference.ts';
import type { SourceFile } from '../workspace/source-file.ts';
import { isWithin, resolveFrom } from '../workspace/paths.ts';
import { textAt } from '../workspace/yaml-path.ts';
import { treeOf } from '../workspace/yaml-document.ts';

/** Where a folder of a repository lies in the workspace. */
export interface LocatedPath {
  readonly path: string;
  /** The repository's top folder. */
  readonly root: string;
  /** False where nothing says that the repository is this one: it has no remotes to compare with. */
  readonly certain: boolean;
  /** The branch, tag or commit that is meant, when it is not the one that is checked out here. */
  readonly elsewhere: string | undefined;
}

/**
 * Where `path` of the repository that `file` names lies here; undefined when that repository is another one, or when
 * the object that should declare it is nowhere.
 */
export function locate(
  graph: Graph,
  repositories: readonly Repository[],
  file: SourceFile,
  name: RepositoryName,
  path: string,
): LocatedPath | undefined {
  const own = repositoryOf(repositories, file);
  for (const { url, revision } of addressesOf(graph, name)) {
    const wanted = comparable(url);
    const match = [...(own ? [own] : []), ...repositories].find(({ remotes }) => remotes.some((remote) => comparable(remote) === wanted));
    if (match) return { path: inside(match.root, path), root: match.root, certain: true, elsewhere: otherRevision(match, revision) };
    const root = topFolder(graph, repositories, file);
    if (root !== undefined && (own?.remotes.length ?? 0) === 0)
      return { path: inside(root, path), root, certain: false, elsewhere: undefined };
  }
  return undefined;
}

/** The top folder of the repository that a file is in; of the workspace's folder where that is in none. */
export function topFolder({ snapshot }: Graph, repositories: readonly Repository[], file: SourceFile): string | undefined {
  return repositoryOf(repositories, file)?.root ?? folderOf(snapshot, file.path);
}

function repositoryOf(repositories: readonly Repository[], { path }: SourceFile): Repository | undefined {
  return repositories.filter(({ root }) => isWithin(root, path)).sort((a, b) => b.root.length - a.root.length)[0];
}

/** Whether a folder is there, or may be: nobody looked outside the workspace. */
export function isMissing(snapshot: Snapshot, { path, certain }: LocatedPath): boolean {
  return certain && existing(snapshot, path) === 'absent';
}

function otherRevision({ branch }: Repository, revision: string | undefined): string | undefined {
  return branch === undefined || revision === 'HEAD' || revision === branch ? undefined : revision;
}

/** Where a Git repository is to be had, and which revision of it is meant. */
export interface Address {
  readonly url: string;
  readonly revision: string | undefined;
}

// What a GitRepository may name (source-controller API v1, `GitRepositoryRef`), the strongest first.
const revisionFields = ['commit', 'name', 'semver', 'tag', 'branch'];

function addressesOf(graph: Graph, name: RepositoryName): readonly Address[] {
  if (name.kind === 'url') return [name];
  const declared = graph.objects((group, kind) => group === name.group && kind === name.objectKind);
  return declared.flatMap(({ object }) => {
    // A kustomization may set the namespace of an object that names none.
    const isSame = object.name === name.name && (object.namespace === name.namespace || !object.namespace || !name.namespace);
    return (isSame && addressOf(object)) || [];
  });
}

/** The address that a Flux GitRepository declares. */
export function addressOf({ placed }: DeclaredObject): Address | undefined {
  const tree = treeOf(placed.document);
  const url = textAt(tree, ['spec', 'url'])?.value;
  const [revision] = revisionFields.flatMap((field) => textAt(tree, ['spec', 'ref', field])?.value ?? []);
  return url === undefined ? undefined : { url, revision };
}

// Repository paths are meant from the repository's root, even with a leading slash, and never lead out of it.
function inside(root: string, path: string): string {
  return resolveFrom(root, `.${resolveFrom('/', path)}`);
}

/** What the addresses of one repository have in common: a server may have it at several ports, and hardly any tells names by their case. */
export function comparable(url: string): string {
  return plainAddress(url)
    .replace(/^([^/:]+):\d+(?=\/|$)/, '$1')
    .toLowerCase();
}
