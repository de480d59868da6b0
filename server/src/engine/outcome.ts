// What comes of a render.
import type { RenderRequest, Result } from './messages.ts';
import type { Source } from './source.ts';
import type { Trace } from './trace.ts';

/** What comes of a render. `reads` are absolute paths; a change to one of them, or to a folder above one, can change the outcome. */
export type Outcome =
  | {
      readonly kind: 'rendered';
      readonly yaml: string;
      /** What the op gives beside the YAML. */
      readonly details: unknown;
      /** The sources without which a part of it could not be rendered. */
      readonly missing: readonly Source[];
      /** Where the YAML comes from, if the request asked for it. */
      readonly trace: Trace | undefined;
      readonly warnings: readonly string[];
      readonly reads: readonly string[];
      readonly milliseconds: number;
    }
  /** The tool refuses the input; `message` has its own words, without the command line's `Error: `. */
  | {
      readonly kind: 'failed';
      readonly message: string;
      readonly details: unknown;
      /** The sources without which it could not be rendered. */
      readonly missing: readonly Source[];
      readonly warnings: readonly string[];
      readonly reads: readonly string[];
    }
  | { readonly kind: 'cancelled' }
  /** The tool did not come to an end on this input; other renders are not concerned. */
  | { readonly kind: 'broken'; readonly reason: 'timeout' | 'memory' | 'crash'; readonly message: string };

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The outcome that the engine's result of a request stands for. */
export function outcomeOf(request: RenderRequest, result: Result, body: Uint8Array): Outcome {
  const reads = result.reads ?? [];
  const warnings = result.warnings ?? [];
  const missing = result.missing ?? [];
  const message = result.message ?? '';
  switch (result.outcome) {
    case 'rendered':
      return {
        kind: 'rendered',
        yaml: decoder.decode(body),
        details: result.details,
        missing,
        trace: result.trace,
        warnings,
        reads,
        milliseconds: result.milliseconds,
      };
    case 'failed':
      return { kind: 'failed', message, details: result.details, missing, warnings, reads };
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'panicked':
      return { kind: 'broken', reason: 'crash', message: `${toolOf(request)} crashed on this input: ${message}` };
  }
}

/** Whose code renders. */
export function toolOf({ op }: RenderRequest): string {
  return tools[op];
}

const tools = {
  ignore: "Argo CD's ignoreDifferences",
  build: 'kustomize',
  template: 'Helm',
  values: 'Helm',
  helmRelease: 'Helm',
  chartVersion: 'Helm',
  chartPackage: 'Helm',
  flux: 'Flux',
  application: 'kustomize or Helm',
  applicationSet: 'the ApplicationSet controller',
  syncWindows: 'Argo CD',
  health: 'a health check',
} as const;
