// What is asked of a build, and what comes of it.
import type { LoadRestrictor, Result } from './messages.ts';

/** What to render. */
export interface BuildRequest {
  /** Absolute, `/`-separated path of the kustomization's folder. */
  readonly directory: string;
  readonly loadRestrictor: LoadRestrictor;
}

/** What comes of a build. `reads` are absolute paths; a change to one of them, or to a folder above one, can change the outcome. */
export type BuildOutcome =
  | {
      readonly kind: 'rendered';
      readonly yaml: string;
      readonly warnings: readonly string[];
      readonly reads: readonly string[];
      readonly milliseconds: number;
    }
  /** kustomize refuses the input; `message` has its own words, without the command line's `Error: `. */
  | { readonly kind: 'failed'; readonly message: string; readonly warnings: readonly string[]; readonly reads: readonly string[] }
  | { readonly kind: 'cancelled' }
  /** kustomize did not come to an end on this input; other builds are not concerned. */
  | { readonly kind: 'broken'; readonly reason: 'timeout' | 'memory' | 'crash'; readonly message: string };

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The outcome that the engine's result stands for. */
export function outcomeOf(result: Result, body: Uint8Array): BuildOutcome {
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
      return { kind: 'broken', reason: 'crash', message: `kustomize crashed on this input: ${message}` };
  }
}
