import type { YamlDocument } from '../workspace/yaml-document.ts';
import type { KindName } from '../workspace/kind-name.ts';

/** A document and what it is taken for. */
export interface TypedDocument {
  readonly document: YamlDocument;
  /** Decided by the caller: kustomization files need not say. Undefined when it is no manifest: only syntax is checked. */
  readonly kind: KindName | undefined;
  readonly role: Role;
}

/**
 * What becomes of a manifest. `applied`: it reaches the cluster as it stands. `kustomized`: a kustomization renders it,
 * whose labels and patches may add what it lacks. `patch`: it is a strategic merge patch, with directives, and lacks
 * nearly everything.
 */
export type Role = 'applied' | 'kustomized' | 'patch';
