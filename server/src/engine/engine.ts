// The engine room's front door: renders kustomizations and charts in an engine that is kept hot.
import { availableParallelism } from 'node:os';
import type { FileSource } from './file-source.ts';
import type { Outcome } from './outcome.ts';
import type { RenderRequest } from './messages.ts';
import { nativeTransport } from './native-transport.ts';
import { Scheduler } from './scheduler.ts';
import { wasmTransport } from './wasm-transport.ts';

export type { BuildRequest, LoadRestrictor } from './build.ts';
export type { HelmReleaseDetails, HelmReleaseRequest } from './helm-release.ts';
export type { FluxDetails, FluxRequest } from './flux.ts';
export type { RenderRequest } from './messages.ts';
export type { Outcome } from './outcome.ts';
export { type TemplateRequest, plainTemplate } from './template.ts';
export type { Trace } from './trace.ts';
export type { ChartValues, ValueLeaf, ValueOrigin, ValuesDetails, ValuesRequest } from './values.ts';

/** Renders whatever the controllers render. */
export interface Engine {
  /** Renders one thing. Never rejects; `signal` ends it with the outcome `cancelled`. */
  render(request: RenderRequest, signal: AbortSignal): Promise<Outcome>;
  /** Tells that files or folders at these absolute paths were changed, created or deleted. Later renders see it. */
  changed(paths: readonly string[]): void;
  /** Ends the engine; renders that are under way end as `cancelled`. */
  dispose(): void;
}

/** Where the engine's build is: the native program, or the WebAssembly module and the script of wasm-worker.ts. */
export type EngineBuild =
  { readonly kind: 'native'; readonly program: string } | { readonly kind: 'wasm'; readonly module: string; readonly worker: string | URL };

/** How an engine is started and limited. */
export interface EngineOptions {
  readonly build: EngineBuild;
  readonly files: FileSource;
  /** Milliseconds after which a render is ended with an error. */
  readonly timeout: number;
  /** Bytes of memory that the engine may have in use; WebAssembly never has more than 4 GB. */
  readonly memoryLimit: number;
  /** Takes what nobody but a developer can act on: stacks, restarts. */
  readonly log: (message: string) => void;
}

/** Makes an engine. Its process starts with the first render and is kept. */
export function startEngine(options: EngineOptions): Engine {
  const { build, memoryLimit } = options;
  if (build.kind === 'wasm') {
    return new Scheduler(wasmTransport(build.module, build.worker, memoryLimit), { ...options, width: 1 }); // it has one thread
  }
  return new Scheduler(nativeTransport(build.program, memoryLimit), { ...options, width: Math.max(2, availableParallelism()) });
}
