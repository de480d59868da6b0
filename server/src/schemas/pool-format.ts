// How the generated schemas lie in their folder: `index.json`, `versions.json`, and for each group of kinds a file of
// definitions. Written by schemas/, read by pool.ts.
import type { JsonSchema } from './json-schema.ts';

export type Project = 'kubernetes' | 'flux' | 'argocd' | 'kustomize';

/** A kind in one version: everything that is known without loading its schema. */
export interface KindEntry {
  /** As written in a manifest: `apps/v1`, `v1`. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly project: Project;
  /** Definition of the whole object: `<file>:<name>`. */
  readonly definition: string;
  /** Upstream's page about the kind. */
  readonly url: string;
  /** Version of the project that the schema was made from. */
  readonly version: string;
  /** What to do about a version or kind that goes away. */
  readonly deprecation?: string;
}

export interface PoolIndex {
  readonly kinds: readonly KindEntry[];
}

/** A file of definitions; their names start with the file's own name and a colon. */
export type PoolFile = Record<string, JsonSchema>;

/** What the schemas were made from, and under which licence it is published. */
export interface Origin {
  readonly project: Project;
  /** Go module. */
  readonly module: string;
  readonly version: string;
  /** SPDX identifier. */
  readonly license: string;
}

/** Name of the pool file that holds a definition. */
export function fileOf(definition: string): string {
  return definition.slice(0, definition.indexOf(':'));
}
