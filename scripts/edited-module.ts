// A pinned Go module as the engine is built with it. No fork is kept: the module is copied out of Go's module cache, and edits are
// made that fail when they don't fit any more.
import { constants, copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { product, root } from './cache.ts';
import { run } from './process.ts';

/** A passage of a file that stands there exactly once, and what it becomes. */
export interface Edit {
  readonly file: string;
  readonly from: RegExp;
  readonly to: string;
}

/** A module of engine/go.mod, and how it is changed. */
export interface EditedModule {
  /** What the copy is called in the cache, and in the folder in which the engine is built. */
  readonly name: string;
  readonly module: string;
  /** Which of its files are needed, besides go.mod and LICENSE. */
  readonly files: RegExp;
  /** Folder of the checkout with files that are added; empty for none. */
  readonly added: string;
  readonly removed: readonly string[];
  /** What is changed, given the folder of the original. */
  readonly edits: (original: string) => Promise<readonly Edit[]>;
  /** Makes what is left to make in the copy, after the edits; given the copy's folder. */
  readonly complete?: (folder: string) => Promise<void>;
  /** The scripts that say all this. */
  readonly scripts: readonly string[];
}

/** Gives the folder with a copy of a module, edited. It is shared: never write into it. */
export async function editedModule({ name, module, files, added, removed, edits, complete, scripts }: EditedModule): Promise<string> {
  const version = await requiredVersion(path.join(root, 'engine', 'go.mod'), module);
  const paths = ['scripts/edited-module.ts', ...scripts, ...(added === '' ? [] : [added])];
  return product(`${name}-module`, { paths, facts: [version] }, async (made) => {
    const downloaded = await run('go', ['mod', 'download', '-json', module], { cwd: path.join(root, 'engine') });
    const { Dir: original } = JSON.parse(downloaded) as { readonly Dir: string };
    for (const file of ['go.mod', 'LICENSE', ...(await filesIn(original, files))]) {
      await mkdir(path.dirname(path.join(made, file)), { recursive: true });
      await writeFile(path.join(made, file), await readFile(path.join(original, file))); // the cache's own files are read-only
    }
    for (const file of removed) await rm(path.join(made, file));
    for (const edit of await edits(original)) await apply(module, edit, made);
    await complete?.(made);
    if (added === '') return;
    for (const file of await filesIn(path.join(root, added), /\.go$/)) {
      await mkdir(path.dirname(path.join(made, file)), { recursive: true });
      await copyFile(path.join(root, added, file), path.join(made, file), constants.COPYFILE_EXCL);
    }
  });
}

/** The version of a module that a go.mod asks for. */
export async function requiredVersion(goMod: string, required: string): Promise<string> {
  const line = (await readFile(goMod, 'utf8')).split('\n').find((text) => text.startsWith(`\t${required} v`));
  const version = line?.split(' ')[1];
  if (version === undefined) throw new Error(`${goMod} does not require ${required}`);
  return version;
}

async function filesIn(folder: string, wanted: RegExp): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile()).map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  return files.map((file) => file.split(path.sep).join('/')).filter((file) => wanted.test(file));
}

async function apply(module: string, { file, from, to }: Edit, folder: string): Promise<void> {
  const place = path.join(folder, file);
  const text = await readFile(place, 'utf8');
  const found = [...text.matchAll(from)].length;
  if (found !== 1) throw new Error(`${file} of ${module} has changed: ${String(from)} is there ${found} times`);
  await writeFile(place, text.replace(from, to));
}
