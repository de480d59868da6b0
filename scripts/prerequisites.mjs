// What must be on the machine before anything can be built.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const engine = fileURLToPath(new URL('../engine', import.meta.url));
const nodeMajor = 20;

/** One sentence that says what is missing and how to get it, or undefined when everything is there. */
export function missingPrerequisite() {
  if (Number.parseInt(process.versions.node, 10) < nodeMajor) {
    return `Drydock is built with Node ${nodeMajor} or newer and this is ${process.versions.node}: install a newer one from https://nodejs.org/.`;
  }
  if (!answer('git', ['--version']))
    return 'Drydock needs git, which does not run: install it from https://git-scm.com/ and put it on PATH.';
  return missingGo();
}

function missingGo() {
  const [, wanted = ''] = /^go (\S+)/m.exec(readFileSync(`${engine}/go.mod`, 'utf8')) ?? [];
  const remedy = `install it from https://go.dev/dl/ and put it on PATH.`;
  // Asked in the module's folder, where a Go that may fetch toolchains (GOTOOLCHAIN) answers for the one it would fetch.
  const found = answer('go', ['env', 'GOVERSION'])?.replace(/^go/, '');
  if (found)
    return older(found, wanted) ? `Drydock's engine is built with Go ${wanted} or newer and this is Go ${found}: ${remedy}` : undefined;
  const present = answer('go', ['version'], { GOTOOLCHAIN: 'local', GO111MODULE: 'off' });
  return present
    ? `Drydock's engine is built with Go ${wanted} or newer and this is an older one (${present}) that could not fetch it: ${remedy}`
    : `Drydock's engine is built with Go ${wanted} or newer, and \`go\` does not run: ${remedy}`;
}

function answer(program, args, env = {}) {
  const { status, stdout } = spawnSync(program, args, { cwd: engine, env: { ...process.env, ...env }, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

function older(version, than) {
  const numbers = (text) => text.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const [a, b] = [numbers(version), numbers(than)];
  const at = [0, 1, 2].find((index) => (a[index] ?? 0) !== (b[index] ?? 0));
  return at !== undefined && (a[at] ?? 0) < (b[at] ?? 0);
}
