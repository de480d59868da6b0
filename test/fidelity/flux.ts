// What kustomize-controller makes of Flux Kustomizations, by its own libraries at the versions that it is made of.
import path from 'node:path';
import { product, root } from '../../scripts/cache.ts';
import { run } from '../../scripts/process.ts';
import type { FluxRequest } from '../../server/src/engine/engine.ts';
import { outputOf } from './command-output.ts';

/** A rendering, or why there is none: then `error` is not empty. */
export interface FluxRendering {
  readonly yaml: string;
  readonly error: string;
}

/** Builds the program in flux/ through the Go module proxy, unless it is built already; gives the program's path. */
export async function fluxProgram(): Promise<string> {
  const facts = [(await run('go', ['env', 'GOVERSION'])).trim()];
  const folder = await product('flux-fidelity', { paths: ['test/fidelity/flux'], facts }, async (made) => {
    const cwd = path.join(root, 'test', 'fidelity', 'flux');
    await run('go', ['build', '-trimpath', '-o', made, '.'], { cwd, env: { CGO_ENABLED: '0' } });
  });
  return path.join(folder, process.platform === 'win32' ? 'flux.exe' : 'flux');
}

/** Renders each request. */
export async function fluxRender(program: string, requests: readonly FluxRequest[]): Promise<FluxRendering[]> {
  const { stdout, stderr, status } = await outputOf(program, [], process.env, JSON.stringify(requests));
  if (status !== 0) throw new Error(`The program with Flux's libraries ended with ${String(status)}: ${stderr}`);
  return JSON.parse(stdout) as FluxRendering[];
}
