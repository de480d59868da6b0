// What Flux's own controllers make of a HelmRelease. What decides is in internal packages of theirs, so our programs around it
// (helmrelease/) are built inside copies of the controllers' modules, out of Go's module cache.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type FluxProgram, fluxProgram } from './flux-module.ts';

const helmController: FluxProgram = {
  name: 'helm-controller-installer',
  source: 'test/fidelity/helmrelease/installer',
  inside: 'github.com/fluxcd/helm-controller',
  versions: {},
};
// The rest of the controller needs pkg/artifact, which go.mod excludes; what packs charts does not.
const sourceController: FluxProgram = {
  name: 'source-controller-packer',
  source: 'test/fidelity/helmrelease/packer',
  inside: 'github.com/fluxcd/source-controller',
  versions: {},
};

/** A program that answers each line of JSON with one. */
export interface Answering extends Disposable {
  ask(request: unknown): Promise<unknown>;
}

/** Starts the program that installs a HelmRelease as helm-controller does. */
export async function installer(): Promise<Answering> {
  return answering(await fluxProgram(helmController));
}

/** Starts the program that packs charts as source-controller does. */
export async function packer(): Promise<Answering> {
  return answering(await fluxProgram(sourceController));
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
