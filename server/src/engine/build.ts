// What is asked of a build, and what comes of a render.
import type { LoadRestrictor, Rendering, Result } from './messages.ts';

/** What to render. */
export interface BuildRequest {
  /** Absolute, `/`-separated path of the kustomization's folder. */
  readonly directory: string;
  readonly loadRestrictor: LoadRestrictor;
}

/** What comes of a render. `reads` are absolute paths; a change to one of them, or to a folder above one, can change the outcome. */
export type BuildOutcome =
  | {
      readonly kind: 'rendered';
      readonly yaml: string;
      readonly warnings: readonly string[];
      readonly reads: readonly string[];
      readonly milliseconds: number;
    }
  /** The tool refuses the input; `message` has its own words, without the command line's `Error: `. */
  | { readonly kind: 'failed'; readonly message: string; readonly warnings: readonly string[]; readonly reads: readonly string[] }
  | { readonly kind: 'cancelled' }
  /** The tool did not come to an end on this input; other renders are not concerned. */
  | { readonly kind: 'broken'; readonly reason: 'timeout' | 'memory' | 'crash'; readonly message: string };

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The outcome that the engine's result of a rendering stands for. */
export function outcomeOf(rendering: Rendering, result: Result, body: Uint8Array): BuildOutcome {
  const reads = result.reads ?? [];
  const warnings = result.warnings ?? [];
  const message = result.message ?? '';
  switch (result.outcome) {
    case 'rendered':
      return { kind: 'rendered', yaml: decoder.decode(body), warnings, reads, milliseconds: result.milliseconds };
    case 'failed':
      return { kind: 'failed', message, warnings, reads };
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'panicked':
      return { kind: 'broken', reason: 'crash', message: `${toolOf(rendering)} crashed on this input: ${message}` };
  }
}

/** Whose code renders. */
export function toolOf({ op }: Rendering): string {
  return op === 'build' ? 'kustomize' : 'Helm';
}
