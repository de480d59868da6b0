// Installs a package from npm somewhere else than into the checkout. Nothing of it runs while it is installed.
import { npmProgram } from './install.mjs';
import { run } from './process.ts';

/** Runs npm in `folder` to install what its package.json names, and `packages`. */
export async function installPackages(folder: string, packages: readonly string[]): Promise<void> {
  await npm(folder, ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', ...packages]);
}

/** Runs npm in `folder` to compile some of the packages that are installed there. */
export async function compilePackages(folder: string, packages: readonly string[]): Promise<void> {
  await npm(folder, ['rebuild', ...packages]);
}

async function npm(cwd: string, args: readonly string[]): Promise<void> {
  const [program, ...first] = npmProgram();
  await run(program, [...first, ...args], { cwd });
}
