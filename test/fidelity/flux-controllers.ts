// What Flux's own controllers make of a HelmRelease. What decides is in internal packages of theirs, so our programs around it
// (helmrelease/) are built inside copies of the controllers' modules, out of Go's module cache.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { chmod, cp, readdir } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { product, root } from '../../scripts/cache.ts';
import { run } from '../../scripts/process.ts';
import { temporaryFolder } from '../../scripts/temporary-folder.ts';

/** A controller's module, and how its go.mod must change to be built from a copy. */
interface Controller {
  readonly name: string;
  readonly version: string;
  readonly edits: readonly string[];
}

const helmController: Controller = {
  name: 'helm-controller',
  version: 'v1.6.4',
  edits: ['-dropreplace=github.com/fluxcd/helm-controller/api'],
};
const sourceController: Controller = {
  name: 'source-controller',
  version: 'v1.9.0',
  // The rest of the controller needs pkg/artifact; what packs charts does not.
  edits: ['-dropreplace=github.com/fluxcd/source-controller/api', '-droprequire=github.com/fluxcd/pkg/artifact'],
};

/** A program that answers each line of JSON with one. */
export interface Answering extends Disposable {
  ask(request: unknown): Promise<unknown>;
}

/** Starts the program that installs a HelmRelease as helm-controller does. */
export async function installer(): Promise<Answering> {
  return answering(await build(helmController, 'installer'));
}

/** Starts the program that packs charts as source-controller does. */
export async function packer(): Promise<Answering> {
  return answering(await build(sourceController, 'packer'));
}

/** Builds a program of ours in a copy of the controller's module, unless it is built already. */
async function build({ name, version, edits }: Controller, program: string): Promise<string> {
  const source = `test/fidelity/helmrelease/${program}`;
  const facts = [name, version, ...edits, (await run('go', ['env', 'GOVERSION'])).trim()];
  const folder = await product(`${name}-${program}`, { paths: [source], facts }, async (made) => {
    using stage = temporaryFolder(name);
    const downloaded = await run('go', ['mod', 'download', '-json', `github.com/fluxcd/${name}@${version}`], { cwd: stage.path });
    const { Dir: original } = JSON.parse(downloaded) as { readonly Dir: string };
    await cp(original, stage.path, { recursive: true });
    await makeWritable(stage.path);
    await cp(path.join(root, source), path.join(stage.path, 'drydock'), { recursive: true });
    await run('go', ['mod', 'edit', ...edits], { cwd: stage.path });
    await run('go', ['build', '-mod=mod', '-trimpath', '-o', path.join(made, program), './drydock'], {
      cwd: stage.path,
      env: { CGO_ENABLED: '0' },
    });
  });
  return path.join(folder, program);
}

/** Go's module cache is read-only, and so are copies of it. */
async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await chmod(path.join(entry.parentPath, entry.name), 0o755);
  }
}

function answering(program: string): Answering {
  const child: ChildProcessWithoutNullStreams = spawn(program);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const waiting: { readonly resolve: (answer: unknown) => void; readonly reject: (error: Error) => void }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.resolve(JSON.parse(line)));
  let ended: Error | undefined;
  child.on('close', () => {
    ended = new Error(`${program} ended: ${stderr}`);
    for (const { reject } of waiting.splice(0)) reject(ended);
  });
  child.stdin.on('error', () => {}); // the end tells why
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        waiting.push({ resolve, reject });
        child.stdin.write(`${JSON.stringify(request)}\n`);
      }),
    [Symbol.dispose]: () => child.kill(),
  };
}
