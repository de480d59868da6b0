// How long a hot engine takes for an overlay, beside `kustomize build` started anew, measured in one run: only the ratios mean
// something on another machine. Run it with `node test/bench/render.ts`.
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { nativeEngine, wasmEngine } from '../../scripts/engine.ts';
import { startEngine } from '../../server/src/engine/engine.ts';
import type { BuildOutcome, Engine, EngineBuild } from '../../server/src/engine/engine.ts';
import { fileSource } from '../../server/src/session/file-source.ts';
import { disk } from '../../server/src/workspace/disk.ts';
import { kustomize, kustomizeBuild } from '../fidelity/kustomize.ts';

/** Medians for one overlay, in milliseconds. */
export interface RenderTimes {
  readonly overlay: string;
  readonly native: number;
  /** The same, as the engine itself sees it: what a Go program takes that calls the library. */
  readonly library: number;
  readonly wasm: number;
  /** `kustomize build`, from start to end. */
  readonly spawned: number;
}

interface Size {
  readonly overlay: string;
  readonly resources: number;
  readonly patches: number;
  readonly rounds: number;
}

const sizes: readonly Size[] = [
  { overlay: 'small', resources: 4, patches: 1, rounds: 40 },
  { overlay: 'larger', resources: 30, patches: 5, rounds: 20 },
  { overlay: '500 resources, 20 patches', resources: 500, patches: 20, rounds: 3 },
];
const warmUps = 3;
const loadRestrictor = 'LoadRestrictionsRootOnly';

/** Measures all sizes. Each render follows an edit of one file, as when someone types. */
export async function run(): Promise<readonly RenderTimes[]> {
  const program = await kustomize();
  const native = start({ kind: 'native', program: await nativeEngine() });
  const worker = new URL('../../server/src/engine/wasm-worker.ts', import.meta.url);
  const wasm = start({ kind: 'wasm', module: await wasmEngine(), worker });
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'drydock-bench-')));
  try {
    const times: RenderTimes[] = [];
    for (const size of sizes) times.push(await measure(size, path.join(folder, String(size.resources)), native, wasm, program));
    return times;
  } finally {
    native.dispose();
    wasm.dispose();
    await rm(folder, { recursive: true });
  }
}

async function measure(size: Size, folder: string, native: Engine, wasm: Engine, program: string): Promise<RenderTimes> {
  const overlay = await writeOverlay(size, folder);
  const edited = path.join(overlay, 'patch-0.yaml');
  const library: number[] = [];
  const render = (engine: Engine) => async (): Promise<BuildOutcome> => {
    engine.changed([edited]);
    const outcome = await engine.build({ directory: overlay, loadRestrictor }, new AbortController().signal);
    if (outcome.kind !== 'rendered') throw new Error(JSON.stringify(outcome));
    return outcome;
  };
  const nativeTimes = await time(size.rounds, async () => {
    const outcome = await render(native)();
    if (outcome.kind === 'rendered') library.push(outcome.milliseconds);
  });
  return {
    overlay: size.overlay,
    native: nativeTimes,
    library: median(library.slice(warmUps)),
    wasm: await time(size.rounds, render(wasm)),
    spawned: await time(size.rounds, () => kustomizeBuild(program, overlay, loadRestrictor)),
  };
}

function start(build: EngineBuild): Engine {
  return startEngine({ build, files: fileSource(disk), timeout: 60_000, memoryLimit: 2 ** 31, log: console.error });
}

async function time(rounds: number, action: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds + warmUps; round++) {
    const began = performance.now();
    await action();
    times.push(performance.now() - began);
  }
  return median(times.slice(warmUps));
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? NaN;
}

/** Writes a base and an overlay that patches some of it; gives the overlay's folder. */
async function writeOverlay({ resources, patches }: Size, folder: string): Promise<string> {
  const base = path.join(folder, 'base');
  const overlay = path.join(folder, 'overlay');
  await mkdir(base, { recursive: true });
  await mkdir(overlay);
  const names = Array.from({ length: resources }, (_, index) => `resource-${index}.yaml`);
  await writeFile(path.join(base, 'kustomization.yaml'), `resources: [${names.join(', ')}]\n`);
  for (const [index, name] of names.entries()) await writeFile(path.join(base, name), index % 2 === 0 ? deployment(index) : service(index));
  const patchNames = Array.from({ length: patches }, (_, index) => `patch-${index}.yaml`);
  const patchEntries = patchNames.map((name) => `  - path: ${name}\n`).join('');
  await writeFile(
    path.join(overlay, 'kustomization.yaml'),
    `resources: [../base]\nnamespace: bench\nnamePrefix: my-\nlabels: [{pairs: {team: bench}, includeSelectors: true}]\n` +
      `images: [{name: app, newTag: "2"}]\nconfigMapGenerator: [{name: settings, literals: [A=1]}]\npatches:\n${patchEntries}`,
  );
  for (const [index, name] of patchNames.entries()) await writeFile(path.join(overlay, name), patch((index * 2) % resources));
  return overlay;
}

function deployment(index: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: app-${index}}
spec:
  replicas: 1
  selector: {matchLabels: {app: app-${index}}}
  template:
    metadata: {labels: {app: app-${index}}}
    spec:
      containers:
        - name: app
          image: app:1
          ports: [{containerPort: 8080}]
          envFrom: [{configMapRef: {name: settings}}]
          resources: {requests: {cpu: 100m, memory: 64Mi}}
`;
}

function service(index: number): string {
  return `apiVersion: v1
kind: Service
metadata: {name: app-${index}}
spec:
  selector: {app: app-${index - 1}}
  ports: [{port: 80, targetPort: 8080}]
`;
}

function patch(index: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: app-${index}}
spec: {replicas: 3, template: {spec: {containers: [{name: app, env: [{name: PATCHED, value: "yes"}]}]}}}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { overlay, native, library, wasm, spawned } of await run()) {
    const against = (time: number): string => `${time.toFixed(1)} ms (${(time / spawned).toFixed(2)} ×)`;
    console.log(
      `${overlay}: native ${against(native)}, in the library ${against(library)}, wasm ${against(wasm)}, spawned ${spawned.toFixed(1)} ms`,
    );
  }
}
