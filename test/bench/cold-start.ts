// From nothing to an engine that is ready, and to its first rendering of a small overlay.
import { openBench } from './measure/engines.ts';
import { builds, engineOnDisk } from '../fidelity/builds.ts';
import { kustomize, kustomizeBuild } from '../fidelity/kustomize.ts';
import { report, sideBySide } from './measure/figures.ts';
import { writeBase, writeOverlay } from './measure/kustomizations.ts';
import { nativeTransport } from '../../server/src/engine/native-transport.ts';
import { wasmTransport } from '../../server/src/engine/wasm-transport.ts';
import type { Connect } from '../../server/src/engine/transport.ts';
import type { EngineBuild } from '../../server/src/engine/engine.ts';

const rounds = 5;
const memoryLimit = 2 ** 31;
const loadRestrictor = 'LoadRestrictionsRootOnly';

/** Starts an engine and ends it when it says that it is ready. */
function untilReady(connect: Connect): Promise<void> {
  return new Promise((resolve, reject) => {
    const transport = connect({
      message: () => {
        transport.kill();
        resolve();
      },
      exit: (exit) => reject(new Error(exit.message)),
    });
  });
}

/** Starts an engine, renders once and ends it. */
async function untilRendered(build: EngineBuild, directory: string): Promise<void> {
  const engine = engineOnDisk(build);
  try {
    const outcome = await engine.render({ op: 'build', render: { directory, loadRestrictor } }, new AbortController().signal);
    if (outcome.kind !== 'rendered') throw new Error(JSON.stringify(outcome));
  } finally {
    engine.dispose();
  }
}

await using bench = await openBench();
const program = await kustomize();
const native = await builds.native();
const wasm = await builds.wasm();
if (native.kind !== 'native' || wasm.kind !== 'wasm') throw new Error('the builds are mixed up');
await writeBase(4, bench.folder);
const directory = await writeOverlay({ resources: 4, patches: 1 }, bench.folder);
report(
  'a cold engine',
  await sideBySide(rounds, {
    'native, until it is ready': () => untilReady(nativeTransport(native.program, memoryLimit)),
    'native, until it has rendered': () => untilRendered(native, directory),
    'wasm, until it is ready': () => untilReady(wasmTransport(wasm.module, wasm.worker, memoryLimit)),
    'wasm, until it has rendered': () => untilRendered(wasm, directory),
    'kustomize build, spawned': async () => {
      await kustomizeBuild(program, directory, loadRestrictor);
    },
  }),
);
