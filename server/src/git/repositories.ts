// Which Git working trees the workspace lies in, read from their configuration files: no git is started for this.
import { parse } from 'ini';
import type { FileSystem } from '../workspace/file-system.ts';
import type { Places } from '../workspace/places.ts';
import type { Repository } from '../workspace/repository.ts';
import { baseName, directoryOf, resolveFrom } from '../workspace/paths.ts';

/** The working trees that hold `folders` and those that lie in them, as far as `places` knows. */
export async function workingTrees(fileSystem: FileSystem, folders: readonly string[], places: Places): Promise<Repository[]> {
  const inside = [...places.keys()].filter((path) => baseName(path) === '.git').map((path) => directoryOf(path));
  const around = await Promise.all(folders.map((folder) => repositoryRoot(fileSystem, folder)));
  const roots = new Set([...inside, ...around.filter((root) => root !== undefined)]);
  return Promise.all([...roots].map((root) => workingTree(fileSystem, root)));
}

/** The top folder of the Git working tree that holds `path`; undefined when none does. */
export async function repositoryRoot(fileSystem: FileSystem, path: string): Promise<string | undefined> {
  for (let at = path; ; at = directoryOf(at)) {
    if ((await fileSystem.look(resolveFrom(at, '.git'))).kind !== 'absent') return at;
    if (at === directoryOf(at)) return undefined;
  }
}

/** The commit that the working tree around a folder is at; undefined before the first, and when no working tree holds the folder. */
export async function commitAt(fileSystem: FileSystem, folder: string): Promise<string | undefined> {
  const root = await repositoryRoot(fileSystem, folder);
  return root === undefined ? undefined : (await workingTree(fileSystem, root)).commit;
}

async function workingTree(fileSystem: FileSystem, root: string): Promise<Repository> {
  const directory = await gitDirectory(fileSystem, root);
  const common = (await readText(fileSystem, resolveFrom(directory, 'commondir'))).trim();
  const shared = resolveFrom(directory, common);
  const head = await readText(fileSystem, resolveFrom(directory, 'HEAD'));
  return {
    root,
    remotes: remotesIn(await readText(fileSystem, resolveFrom(shared, 'config'))),
    branch: /^ref: refs\/heads\/(.+)$/m.exec(head)?.[1],
    commit: await commitOf(fileSystem, shared, head),
  };
}

// A branch is a file of its own, or, once packed, a line of one for all (gitrepository-layout, "refs", "packed-refs").
async function commitOf(fileSystem: FileSystem, directory: string, head: string): Promise<string | undefined> {
  const reference = /^ref: (.+)$/m.exec(head)?.[1]?.trim();
  if (reference === undefined) return commitIn(head);
  const loose = commitIn(await readText(fileSystem, resolveFrom(directory, reference)));
  if (loose !== undefined) return loose;
  const packed = (await readText(fileSystem, resolveFrom(directory, 'packed-refs'))).split('\n');
  return commitIn(packed.find((line) => line.endsWith(` ${reference}`)) ?? '');
}

function commitIn(text: string): string | undefined {
  return /^[0-9a-f]{40}(?:[0-9a-f]{24})?(?=\s|$)/.exec(text)?.[0];
}

function remotesIn(config: string): string[] {
  return Object.entries(parse(config)).flatMap(([section, values]) => (section.startsWith('remote "') ? urlsIn(values) : []));
}

// The library splits `[remote "a.b"]` at its dots and keeps the quotes of a value that has a comment behind it.
function urlsIn(values: unknown): string[] {
  if (typeof values !== 'object' || values === null) return [];
  return Object.entries(values).flatMap(([field, value]: [string, unknown]) => {
    if (field !== 'url' || typeof value !== 'string') return urlsIn(value);
    return /^"([^"]*)"/.exec(value)?.[1] ?? value;
  });
}

// In a linked working tree or a submodule `.git` is a file that names the real folder, which may share the
// configuration of another that it names (gitrepository-layout, "commondir").
async function gitDirectory(fileSystem: FileSystem, root: string): Promise<string> {
  const place = resolveFrom(root, '.git');
  if ((await fileSystem.look(place)).kind !== 'file') return place;
  return resolveFrom(root, (await readText(fileSystem, place)).replace(/^gitdir:/, '').trim());
}

async function readText(fileSystem: FileSystem, path: string): Promise<string> {
  const bytes = await fileSystem.read(path);
  return bytes ? new TextDecoder().decode(bytes) : '';
}
