// Puts the build products together in dist/, laid out as the package has them.
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bundles } from './bundles.ts';
import { root } from './cache.ts';
import { type Target, nativeEngine, thisPlatform, wasmEngine } from './engine.ts';
import { say, step } from './progress.ts';
import { schemaPool } from './schemas.ts';

const folder = path.join(root, 'dist');
const record = path.join(folder, 'made-of.json');

/** Builds everything that a checkout runs with into dist/. What is current is left alone; other parts are replaced. */
export async function buildDist(): Promise<void> {
  await place(await distParts({ native: thisPlatform(), wasm: 'with' }));
  say('dist/ is ready');
}

/** Which builds of the engine go into a dist/. */
export interface Engines {
  readonly native: Target | undefined;
  readonly wasm: 'with' | 'without';
}

/** Builds the parts of a dist/: the absolute paths of files and folders by their place in it. */
export async function distParts({ native, wasm }: Engines): Promise<Readonly<Record<string, string>>> {
  return {
    ...(native && { [programOn(native)]: await step(`engine for ${native.os}-${native.arch}`, () => nativeEngine(native)) }),
    ...(wasm === 'with' && { 'engine/engine.wasm': await step('engine as WebAssembly', wasmEngine) }),
    schemas: await step('schemas', schemaPool),
    ...(await bundleParts(wasm)),
  };
}

function programOn({ os }: Target): string {
  return `engine/drydock-engine${os === 'win32' ? '.exe' : ''}`;
}

async function bundleParts(wasm: Engines['wasm']): Promise<Record<string, string>> {
  const made = await step('bundles', bundles);
  const programs = ['client.cjs', 'server.cjs', 'kubernetes-client.cjs', 'cli.mjs', ...(wasm === 'with' ? ['wasm-worker.cjs'] : [])];
  return Object.fromEntries(programs.flatMap((file) => [file, `${file}.map`]).map((file) => [file, path.join(made, file)]));
}

async function place(parts: Readonly<Record<string, string>>): Promise<void> {
  const before = await recorded();
  for (const stale of Object.keys(before).filter((part) => !(part in parts)))
    await rm(path.join(folder, stale), { recursive: true, force: true });
  for (const [part, product] of Object.entries(parts)) {
    if (before[part] === product) continue;
    const target = path.join(folder, part);
    await rm(target, { recursive: true, force: true }); // a running program can be removed, but not written to
    await mkdir(path.dirname(target), { recursive: true });
    await cp(product, target, { recursive: true });
  }
  await writeFile(record, JSON.stringify(parts, undefined, 2));
}

async function recorded(): Promise<Readonly<Record<string, string>>> {
  try {
    return JSON.parse(await readFile(record, 'utf8')) as Record<string, string>;
  } catch {
    return {}; // nothing was built yet
  }
}
