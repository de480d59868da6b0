// Where what was rendered comes from. The engine's side is engine/internal/wire/trace.go, which says what the numbers mean.

/** An origin in a resource's place of a scalar, an empty object or an empty list. */
export type TracedFields = number | readonly TracedFields[] | { readonly [key: string]: TracedFields };

/** A kustomization as it was loaded, by the indices of its file and of the one that asks for it (-1 for the first). */
export interface TracedKustomization {
  readonly file: number;
  readonly parent: number;
  readonly field: string;
  readonly index: number;
}

/**
 * Something that touched resources: a field of a kustomization, `hash`, `nameReference`, or a `template`'s text or `action`; a field of the
 * object that was rendered, by its path (`spec.patches`); `substitute`, `directory`, `tracking`, `ownerLabels`.
 */
export interface TracedStep {
  readonly field: string;
  /** -1 when the field is no list. */
  readonly index: number;
  /** -1 for none. */
  readonly kustomization: number;
  /** The definition or the template file of a chart. */
  readonly name?: string;
  /** The keys of the chart's values that an action mentions; `*` stands for any key or position. */
  readonly values?: readonly string[];
}

/** A rendered resource. */
export interface TracedResource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Steps that touched it, from 1. */
  readonly steps: readonly number[];
  readonly fields: TracedFields;
}

/** Where a rendering comes from; nothing in it is a guess. */
export interface Trace {
  readonly files: readonly string[];
  readonly kustomizations: readonly TracedKustomization[] | null;
  readonly steps: readonly TracedStep[] | null;
  /** `[step, file, line, column, before, via]`; zeros at the end are left out, and the first is "unknown". */
  readonly origins: readonly (readonly number[])[];
  /** Null for a render that knows lines only. */
  readonly resources: readonly TracedResource[] | null;
  /** The origin of each line of the rendering; null for a render that knows resources. */
  readonly lines: readonly number[] | null;
}
