// How long a hot engine takes for an overlay, beside `kustomize build` started anew, measured in one run: only the ratios mean
// something on another machine. Run it with `node test/bench/render.ts`.
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nativeEngine, wasmEngine } from '../../scripts/engine.ts';
import { type Engine, type EngineBuild, startEngine } from '../../server/src/engine/engine.ts';
import { fileSource } from '../../server/src/session/file-source.ts';
import { noCopies } from '../../server/src/engine/source.ts';
import { disk } from '../../server/src/workspace/disk.ts';
import { kustomize, kustomizeBuild } from '../fidelity/kustomize.ts';
import { figures, figuresOf, report } from './measure/figures.ts';

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
const loadRestrictor = 'LoadRestrictionsRootOnly';

// Each render follows an edit of one file, as when someone types.
async function measure({ overlay, rounds, ...size }: Size, folder: string, native: Engine, wasm: Engine, program: string): Promise<void> {
  const directory = await writeOverlay(size, folder);
  const edited = path.join(directory, 'patch-0.yaml');
  // What a Go program takes that calls the library: the time as the engine itself sees it.
  const library: number[] = [];
  const render = async (engine: Engine): Promise<number> => {
    engine.changed([edited]);
    const outcome = await engine.render({ op: 'build', render: { directory, loadRestrictor } }, new AbortController().signal);
    if (outcome.kind !== 'rendered') throw new Error(JSON.stringify(outcome));
    return outcome.milliseconds;
  };
  report(overlay, {
    native: await figures(rounds, async () => {
      library.push(await render(native));
    }),
    'in the library': figuresOf(library),
    wasm: await figures(rounds, async () => {
      await render(wasm);
    }),
    'kustomize build, spawned': await figures(rounds, async () => {
      await kustomizeBuild(program, directory, loadRestrictor);
    }),
  });
}

function start(build: EngineBuild): Engine {
  return startEngine({ build, files: fileSource(disk, noCopies), timeout: 60_000, memoryLimit: 2 ** 31, log: console.error });
}

/** Writes a base and an overlay that patches some of it; gives the overlay's folder. */
async function writeOverlay({ resources, patches }: Omit<Size, 'overlay' | 'rounds'>, folder: string): Promise<string> {
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

const program = await kustomize();
const native = start({ kind: 'native', program: await nativeEngine() });
const worker = new URL('../../server/src/engine/wasm-worker.ts', import.meta.url);
const wasm = start({ kind: 'wasm', module: await wasmEngine(), worker });
const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'drydock-bench-')));
try {
  for (const size of sizes) await measure(size, path.join(folder, String(size.resources)), native, wasm, program);
} finally {
  native.dispose();
  wasm.dispose();
  await rm(folder, { recursive: true });
}
