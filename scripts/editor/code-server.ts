// VS Code's server and workbench, for a machine without a desktop: npm's `code-server` carries both.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { product } from '../cache.ts';
import { compilePackages, installPackages } from '../install-package.ts';
import { say, step } from '../progress.ts';

const version = '4.139.1';
/** The modules that have to be compiled here, for log files and for ending with their parent. */
const native = ['@vscode/spdlog', '@vscode/native-watchdog'];

/**
 * Installs VS Code's server from npm, unless it is installed already. Nothing of it runs while it is installed.
 *
 * @returns Absolute path of VS Code's folder, with `out/server-main.js`.
 */
export async function codeServer(): Promise<string> {
  const facts = [version, process.platform, process.arch, ...native];
  const folder = await product('code-server', { paths: [], facts }, (made) =>
    step(`VS Code's server (code-server ${version} from npm)`, () => install(made)),
  );
  return vscodeIn(folder);
}

async function install(folder: string): Promise<void> {
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ private: true }));
  await installPackages(folder, [`code-server@${version}`]);
  await installPackages(vscodeIn(folder), []);
  try {
    await compilePackages(vscodeIn(folder), native);
  } catch {
    say(`${native.join(' and ')} could not be compiled, which takes a C++ compiler and Python: VS Code runs without log files.`);
  }
}

function vscodeIn(folder: string): string {
  return path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}
