// Installs the npm packages that package-lock.json names, unless exactly these are installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = path.join(root, 'node_modules');

/** The Node that everything else runs under: npm's package `node`. The language server's dependencies want one this new. */
export const nodeProgram = path.join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** Installs what is missing. Throws an error with one sentence for the user when npm fails. */
export function install() {
  if (isCurrent()) return;
  const start = Date.now();
  console.log('Installing npm packages …');
  // Only one package needs its install script; the others' would look for compilers and download sites in vain.
  npm('ci', '--ignore-scripts', '--loglevel=error');
  npm('rebuild', 'node', '--loglevel=error');
  if (!existsSync(nodeProgram))
    throw new Error(`npm installed no Node program for ${process.platform} ${process.arch}: ${nodeProgram} is missing.`);
  console.log(`Installed npm packages (${((Date.now() - start) / 1000).toFixed(1)} s)`);
}

/** npm writes the inner lockfile when an installation is complete, so comparing the two finds an unfinished one as well. */
function isCurrent() {
  const wanted = packagesOf(path.join(root, 'package-lock.json'));
  const installed = packagesOf(path.join(modules, '.package-lock.json'));
  const same = (place) => installed[place]?.version === wanted[place].version;
  return existsSync(nodeProgram) && Object.keys(wanted).every((place) => place === '' || wanted[place].optional || same(place));
}

function packagesOf(lockfile) {
  return existsSync(lockfile) ? JSON.parse(readFileSync(lockfile, 'utf8')).packages : {};
}

/** How npm is started: a program and its first arguments. */
export function npmProgram() {
  // npm tells the scripts that it runs where it is; without that, the one on PATH is taken.
  const own = process.env.npm_execpath;
  return own?.endsWith('npm-cli.js') ? [process.execPath, own] : ['npm'];
}

function npm(...args) {
  const [program, ...first] = npmProgram();
  // On Windows, the npm on PATH is a batch file, which needs a shell.
  const shell = process.platform === 'win32' && program === 'npm';
  const { status } = spawnSync(program, [...first, ...args], { cwd: root, stdio: 'inherit', shell });
  if (status !== 0) {
    throw new Error(
      `\`npm ${args[0]}\` failed, with the reason above: it needs the npm registry, and package.json and package-lock.json that agree.`,
    );
  }
}
