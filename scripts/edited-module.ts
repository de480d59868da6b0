// Modules of others as the engine is built with them. No fork is kept: the pinned module is copied out of Go's module cache,
// and edits are made that fail when they don't fit any more.
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { product, root } from './cache.ts';
import { run } from './process.ts';

/** A passage of a file that stands there exactly once, and what it becomes. */
export interface Edit {
  readonly file: string;
  readonly from: RegExp;
  readonly to: string;
}

/** A module and what becomes of it. */
export interface EditedModule {
  /** What its copy is called, among the build products and beside the engine. */
  readonly name: string;
  /** Its import path, which engine/go.mod requires. */
  readonly module: string;
  /** Which files are copied: those with Go code that the engine can need, and what is embedded in it. */
  readonly files: RegExp;
  /** Files that are left out. */
  readonly removed: readonly string[];
  readonly edits: readonly Edit[];
  /** The script that says all this: when it changes, the copy is made anew. */
  readonly script: string;
  /** Edits that depend on the module's own go.mod, whose path is given. */
  readonly editsFrom: (goMod: string) => Promise<readonly Edit[]>;
}

/** The version of a module that a go.mod asks for. */
export async function requiredVersion(goMod: string, required: string): Promise<string> {
  const line = (await readFile(goMod, 'utf8')).split('\n').find((text) => text.startsWith(`\t${required} v`));
  const version = line?.split(' ')[1];
  if (version === undefined) throw new Error(`${goMod} does not require ${required}`);
  return version;
}

/** The go.mod that pins the modules. */
export const engineGoMod = path.join(root, 'engine', 'go.mod');

/** Makes the edited copy of a module, unless it is made already; gives its folder. */
export async function editedModule({ name, module, files, removed, edits, script, editsFrom }: EditedModule): Promise<string> {
  const version = await requiredVersion(engineGoMod, module);
  return product(`${name}-module`, { paths: ['scripts/edited-module.ts', script], facts: [version] }, async (made) => {
    const downloaded = await run('go', ['mod', 'download', '-json', module], { cwd: path.dirname(engineGoMod) });
    const { Dir: original } = JSON.parse(downloaded) as { readonly Dir: string };
    const all = (await readdir(original, { recursive: true })).map((file) => file.split(path.sep).join('/'));
    for (const file of all.filter((file) => file === 'go.mod' || file === 'LICENSE' || files.test(file))) {
      await mkdir(path.dirname(path.join(made, file)), { recursive: true });
      await writeFile(path.join(made, file), await readFile(path.join(original, file))); // the cache's own files are read-only
    }
    for (const file of removed) await rm(path.join(made, file));
    for (const edit of [...edits, ...(await editsFrom(path.join(original, 'go.mod')))]) await apply(module, edit, made);
  });
}

async function apply(module: string, { file, from, to }: Edit, folder: string): Promise<void> {
  const place = path.join(folder, file);
  const text = await readFile(place, 'utf8');
  const found = [...text.matchAll(from)].length;
  if (found !== 1) throw new Error(`${file} of ${module} has changed: ${String(from)} is there ${found} times`);
  await writeFile(place, text.replace(from, to));
}
