// `node scripts/run.mjs <command>`: brings a fresh checkout to the point where TypeScript runs, then runs
// scripts/commands/<command>.ts. Plain JavaScript without dependencies, for any Node from 20 on.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, nodeProgram } from './install.mjs';
import { missingPrerequisite } from './prerequisites.mjs';

const scripts = fileURLToPath(new URL('.', import.meta.url)); // import.meta.dirname came later than the Node that is told off here
const [command = '', ...args] = process.argv.slice(2);
const file = path.join(scripts, 'commands', `${command.replaceAll(':', '-')}.ts`);
if (!/^[a-z:]+$/.test(command) || !existsSync(file)) stop(`There is no command '${command}'. See "scripts" in package.json.`);

const missing = missingPrerequisite();
if (missing) stop(missing);
try {
  install();
} catch (error) {
  stop(error.message);
}
// `node` and the tools of this project come first on PATH for all that a command starts.
const PATH = [path.join(scripts, '..', 'node_modules', '.bin'), process.env.PATH].join(path.delimiter);
const child = spawn(nodeProgram, [file, ...args], { stdio: 'inherit', env: { ...process.env, PATH } });
// The child decides how to end, and this process ends after it. It may get a signal twice: from us and from the terminal.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// The shell between npm and this process passes no signal on when npm is told to end; it just goes.
const parent = process.ppid;
setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 500).unref();
child.on('exit', (code, signal) => process.exit(signal ? 1 : code));

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
