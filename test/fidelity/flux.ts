// What kustomize-controller makes of Flux Kustomizations, by its own libraries at the versions that it is made of.
import type { FluxRequest } from '../../server/src/engine/engine.ts';
import { outputOf } from './command-output.ts';
import { fluxProgram } from './flux-module.ts';

/** A rendering, or why there is none: then `error` is not empty. */
export interface FluxRendering {
  readonly yaml: string;
  readonly error: string;
}

/** Builds the program in flux/ through the Go module proxy, unless it is built already; gives the program's path. */
export function fluxOracle(): Promise<string> {
  // All is as in the controller, but kustomize, which is the engine's.
  const versions = { 'sigs.k8s.io/kustomize/api': 'engine/go.mod', 'sigs.k8s.io/kustomize/kyaml': 'engine/go.mod' };
  return fluxProgram({ name: 'flux-oracle', source: 'test/fidelity/flux', inside: '', versions });
}

/** Renders each request. */
export async function fluxRender(program: string, requests: readonly FluxRequest[]): Promise<FluxRendering[]> {
  const { stdout, stderr, status } = await outputOf(program, [], process.env, JSON.stringify(requests));
  if (status !== 0) throw new Error(`The program with Flux's libraries ended with ${String(status)}: ${stderr}`);
  return JSON.parse(stdout) as FluxRendering[];
}
