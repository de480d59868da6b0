// What every benchmark of the engine needs: both builds, started, and an edit followed by a rendering.
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Engine, type RenderRequest } from '../../../server/src/engine/engine.ts';
import { builds, engineOnDisk } from '../../fidelity/builds.ts';

/** A folder for what is rendered, and both engines. */
export interface Bench extends AsyncDisposable {
  readonly folder: string;
  readonly native: Engine;
  readonly wasm: Engine;
}

/** Starts the engines and makes the folder. */
export async function openBench(): Promise<Bench> {
  const [native, wasm] = [engineOnDisk(await builds.native()), engineOnDisk(await builds.wasm())];
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'drydock-bench-')));
  return {
    folder,
    native,
    wasm,
    [Symbol.asyncDispose]: async () => {
      native.dispose();
      wasm.dispose();
      await rm(folder, { recursive: true });
    },
  };
}

/** Renders something after these files were changed. Throws when there is no rendering. */
export async function renderAfter(engine: Engine, edited: readonly string[], request: RenderRequest): Promise<void> {
  engine.changed(edited);
  const outcome = await engine.render(request, new AbortController().signal);
  if (outcome.kind !== 'rendered') throw new Error(JSON.stringify(outcome));
}
