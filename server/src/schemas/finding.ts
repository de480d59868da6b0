// What a schema, or YAML itself, finds wrong with a document.
import type { YamlPath } from '../workspace/yaml-path.ts';

/** What is wrong; stable, so that users can name it. */
export type FindingCode =
  | 'yaml-syntax'
  | 'duplicate-key'
  | 'unknown-field'
  | 'missing-field'
  | 'wrong-type'
  | 'wrong-value'
  | 'deprecated-field'
  | 'unserved-version'
  | 'unknown-kind'
  | 'too-many-aliases'
  | 'too-large'
  | 'not-checked';

/** Offsets count from the document's start, in UTF-16 code units; half-open. */
export interface SchemaFinding {
  readonly start: number;
  readonly end: number;
  readonly code: FindingCode;
  /**
   * Unknown fields are errors, not warnings: kustomize refuses them, Flux applies on the server's side, where they are
   * refused, and Argo CD validates before it syncs.
   */
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** The field that it is about; empty for the document. */
  readonly path: YamlPath;
  /** Text that would be right in place of the one from start to end, when one is likely. */
  readonly replacement?: string;
}
