// Puts the build products together in dist/, laid out as the package has them.
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bundles } from './bundles.ts';
import { root } from './cache.ts';
import { nativeEngine, wasmEngine } from './engine.ts';
import { say, step } from './progress.ts';
import { schemaPool } from './schemas.ts';

const folder = path.join(root, 'dist');
const record = path.join(folder, 'made-of.json');

/**
 * Builds everything that a checkout runs with into dist/. What is current is left alone; other parts are replaced.
 */
export async function buildDist(): Promise<void> {
  const parts: Readonly<Record<string, string>> = {
    [programName(process.platform)]: await step('engine, native', () => nativeEngine()),
    'engine/engine.wasm': await step('engine, WebAssembly', wasmEngine),
    schemas: await step('schemas', schemaPool),
    ...(await bundleParts()),
  };
  await place(parts);
  say('dist/ is ready');
}

/** Where the engine's program lies in the package, relative to dist/. */
export function programName(platform: NodeJS.Platform): string {
  return `engine/drydock-engine${platform === 'win32' ? '.exe' : ''}`;
}

async function bundleParts(): Promise<Record<string, string>> {
  const made = await step('bundles', bundles);
  const files = ['client.cjs', 'server.cjs', 'wasm-worker.cjs', 'cli.mjs'].flatMap((file) => [file, `${file}.map`]);
  return Object.fromEntries(files.map((file) => [file, path.join(made, file)]));
}

async function place(parts: Readonly<Record<string, string>>): Promise<void> {
  const before = await recorded();
  for (const stale of Object.keys(before).filter((part) => !(part in parts))) await rm(path.join(folder, stale), { recursive: true, force: true });
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
