// What source-controller would say of a source that it has fetched, or could not fetch.
import type { Condition } from '../converge.ts';

/** What a source's content became. */
export interface Content {
  readonly bytes: Buffer;
  /** As in `status.artifact.revision`. */
  readonly revision: string;
  /** Path below the address of the server of artifacts. */
  readonly path: string;
  /** Reason and message of the condition that says that all is well. */
  readonly reason: string;
  readonly message: string;
  /** Fields of the status that belong to the kind. */
  readonly status: Readonly<Record<string, unknown>>;
}

/** Why there is no content, for the object's conditions. */
export class SourceError extends Error {
  /** The reason that source-controller gives. */
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The conditions of a source whose content is stored. */
export function stored({ reason, message }: Content): readonly Condition[] {
  return ['Ready', 'ArtifactInStorage'].map((type) => ({ type, status: 'True', reason, message }));
}

/** The conditions of a source that could not be fetched; what was stored before stays stored. */
export function failed({ reason, message }: SourceError, before: readonly Condition[]): readonly Condition[] {
  const rest = before.filter(({ type }) => type === 'ArtifactInStorage');
  return [{ type: 'Ready', status: 'False', reason, message }, { type: 'FetchFailed', status: 'True', reason, message }, ...rest];
}

/** Conditions with the times at which their status became what it is. */
export function timed(conditions: readonly Condition[], before: readonly TimedCondition[], generation: number): readonly TimedCondition[] {
  return conditions.map((condition) => {
    const old = before.find(({ type, status }) => type === condition.type && status === condition.status);
    return { ...condition, observedGeneration: generation, lastTransitionTime: old?.lastTransitionTime ?? now() };
  });
}

/** A condition as it stands in a status. */
export interface TimedCondition extends Condition {
  readonly observedGeneration: number;
  readonly lastTransitionTime: string;
}

/** The time as Kubernetes writes it. */
export function now(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z');
}
