// Both builds of the engine, over the files on disk.
import { nativeEngine, wasmEngine } from '../../scripts/engine.ts';
import { type Engine, type EngineBuild, startEngine } from '../../server/src/engine/engine.ts';
import { fileSource } from '../../server/src/session/file-source.ts';
import type { Copies } from '../../server/src/engine/source.ts';
import { disk } from '../../server/src/workspace/disk.ts';

/** Makes the builds, by what they are called. */
export const builds: Readonly<Record<EngineBuild['kind'], () => Promise<EngineBuild>>> = {
  native: async () => ({ kind: 'native', program: await nativeEngine() }),
  wasm: async () => ({
    kind: 'wasm',
    module: await wasmEngine(),
    worker: new URL('../../server/src/engine/wasm-worker.ts', import.meta.url),
  }),
};

const none = (): Promise<undefined> => Promise.resolve(undefined);

/** Nothing that lies elsewhere is here. */
export const noCopies: Copies = { find: none, commit: none };

/** Copies without a commit. */
export function copiesFoundBy(find: Copies['find']): Copies {
  return { ...noCopies, find };
}

/** Starts an engine that has time. */
export function engineOnDisk(build: EngineBuild, copies: Copies = noCopies): Engine {
  return startEngine({ build, files: fileSource(disk, copies), timeout: 60_000, memoryLimit: 2 ** 31, log: () => {} });
}
