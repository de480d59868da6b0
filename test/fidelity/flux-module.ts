// Programs of ours around Flux's own code, built with the versions in test/cluster/tools/flux/go.mod: what one of them, the
// controllers or Helm have compiled is not compiled again.
import { chmod, cp, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { product, root } from '../../scripts/cache.ts';
import { requiredVersion } from '../../scripts/edited-module.ts';
import { run } from '../../scripts/process.ts';
import { step } from '../../scripts/progress.ts';
import { temporaryFolder } from '../../scripts/temporary-folder.ts';

/** The folder with the versions, below the checkout. */
export const fluxVersions = 'test/cluster/tools/flux';

/** A program of ours. */
export interface FluxProgram {
  readonly name: string;
  /** Folder of the checkout with its package. */
  readonly source: string;
  /** The module whose internal packages it calls, so that it is built inside a copy of it; empty for none. */
  readonly inside: string;
  /** Modules that are taken in the version that a go.mod of the checkout asks for, given by its path there. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Builds a program through the Go module proxy, unless it is built already; gives its absolute path. */
export async function fluxProgram({ name, source, inside, versions }: FluxProgram): Promise<string> {
  const copies: [module: string, version: string][] = [];
  const wanted = inside === '' ? versions : { [inside]: `${fluxVersions}/go.mod`, ...versions };
  for (const [module, goMod] of Object.entries(wanted)) copies.push([module, await requiredVersion(path.join(root, goMod), module)]);
  const facts = [...flags, ...copies.flat(), (await run('go', ['env', 'GOVERSION'])).trim()];
  const folder = await product(name, { paths: [source, fluxVersions, 'test/fidelity/flux-module.ts'], facts }, (made) =>
    step(`${name} with Flux's own code`, async () => {
      using stage = temporaryFolder(name);
      for (const file of ['go.mod', 'go.sum']) await cp(path.join(root, fluxVersions, file), path.join(stage.path, file));
      for (const [module, version] of copies) await copyModule(module, version, stage.path);
      const place = `./${path.posix.join(inside, name)}`;
      await cp(path.join(root, source), path.join(stage.path, place), { recursive: true });
      const program = inside === '' ? place : `${inside}/${name}`;
      await run('go', ['build', ...flags, '-o', `${made}${path.sep}`, program], { cwd: stage.path, env: { CGO_ENABLED: '0' } });
    }),
  );
  return path.join(folder, process.platform === 'win32' ? `${name}.exe` : name);
}

const flags = ['-mod=readonly', '-trimpath', '-buildvcs=false', '-ldflags=-s -w'];

/** Puts a module in the folder of another, to be built with the versions that are asked for there. */
async function copyModule(module: string, version: string, into: string): Promise<void> {
  const downloaded = await run('go', ['mod', 'download', '-json', `${module}@${version}`], { cwd: path.dirname(into) });
  const { Dir: original } = JSON.parse(downloaded) as { readonly Dir: string };
  const copy = path.join(into, module);
  await cp(original, copy, { recursive: true });
  await makeWritable(copy);
  const goMod = await readFile(path.join(copy, 'go.mod'), 'utf8');
  await writeFile(path.join(copy, 'go.mod'), (goMod.match(/^(module|go) .*$/gm) ?? []).join('\n'));
  await run('go', ['mod', 'edit', `-replace=${module}=./${module}`], { cwd: into });
}

/** Go's module cache is read-only, and so are copies of it. */
async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await chmod(path.join(entry.parentPath, entry.name), 0o755);
  }
}
