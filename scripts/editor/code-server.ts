// VS Code's server and workbench, for a machine without a desktop: npm's `code-server` carries both.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { product } from '../cache.ts';
import { run } from '../process.ts';
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
  const quiet = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ private: true }));
  await npm(['install', ...quiet, `code-server@${version}`], folder);
  await npm(['install', ...quiet], vscodeIn(folder));
  try {
    await npm(['rebuild', ...native], vscodeIn(folder));
  } catch {
    say(`${native.join(' and ')} could not be compiled, which takes a C++ compiler and Python: VS Code runs without log files.`);
  }
}

function vscodeIn(folder: string): string {
  return path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}

async function npm(args: readonly string[], cwd: string): Promise<void> {
  await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { cwd });
}
