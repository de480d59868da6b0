// The packages that users install: one for each platform, with that platform's engine only, and one for all others.
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { product, root } from './cache.ts';
import { type Engines, distParts } from './dist.ts';
import { type Target, targets, thisPlatform } from './engine.ts';
import { run } from './process.ts';
import { step } from './progress.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** What a package is made for: a platform, or `universal` with the engine's WebAssembly build for platforms without a native one. */
export type PackageTarget = Target | 'universal';

/** Every package there is. */
export const packageTargets: readonly PackageTarget[] = [...targets, 'universal'];

const vsce = path.join(root, 'node_modules', '@vscode', 'vsce', 'vsce');

/**
 * Packages the extension for a target, unless that package is current.
 *
 * @returns Absolute path of the .vsix.
 */
export async function vsix(target: PackageTarget = thisPlatform()): Promise<string> {
  const name = nameOf(target);
  const parts = await distParts(enginesOf(target));
  // .vscodeignore decides; what it lets through of dist/ may be another platform's.
  const listed = (await run(process.execPath, [vsce, 'ls', '--no-dependencies'])).trim().split('\n');
  const files = listed.map((line) => line.trim()).filter((file) => !file.startsWith('dist/'));
  const inputs = { paths: [...files.sort(), '.vscodeignore', 'scripts/vsix.ts'], facts: Object.entries(parts).flat() };
  const folder = await product(`vsix-${name}`, inputs, (made) => step(`package for ${name}`, () => pack(target, files, parts, made)));
  return path.join(folder, fileName(target));
}

/** The .vsix's own name. */
export function fileName(target: PackageTarget): string {
  return `drydock-${nameOf(target)}.vsix`;
}

function nameOf(target: PackageTarget): string {
  return target === 'universal' ? target : `${target.os}-${target.arch}`;
}

function enginesOf(target: PackageTarget): Engines {
  return target === 'universal' ? { native: undefined, wasm: 'with' } : { native: target, wasm: 'without' };
}

async function pack(target: PackageTarget, files: readonly string[], parts: Readonly<Record<string, string>>, made: string): Promise<void> {
  using stage = temporaryFolder('package');
  for (const file of files) await cp(path.join(root, file), await placeFor(file, stage.path));
  for (const [part, source] of Object.entries(parts)) {
    if (!part.endsWith('.map')) await cp(source, await placeFor(path.join('dist', part), stage.path), { recursive: true });
  }
  await writeManifest(stage.path);
  const switches = ['--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository'];
  const platform = target === 'universal' ? [] : ['--target', nameOf(target)];
  await run(process.execPath, [vsce, 'package', ...switches, ...platform, '--out', path.join(made, fileName(target))], { cwd: stage.path });
}

async function placeFor(file: string, stage: string): Promise<string> {
  const place = path.join(stage, file);
  await mkdir(path.dirname(place), { recursive: true });
  return place;
}

/** Without what only a checkout needs. */
async function writeManifest(stage: string): Promise<void> {
  const place = path.join(stage, 'package.json');
  const {
    scripts: _scripts,
    devDependencies: _development,
    allowScripts: _allowed,
    ...manifest
  } = JSON.parse(await readFile(place, 'utf8')) as Record<string, unknown>;
  await writeFile(place, JSON.stringify(manifest, undefined, 2));
}
