// A difference as people are shown it: what becomes of a resource, and its two sides as text.
import type { ObjectName } from '../tree/row.ts';
import type { Drift } from './drift.ts';
import { liveYaml } from './live-yaml.ts';
import { maskSides } from './mask.ts';

/** A difference in words and text. */
export interface Difference {
  readonly name: ObjectName;
  /** `Deployment shop/web`. */
  readonly label: string;
  readonly change: 'create' | 'change' | 'prune' | 'kept' | 'refused';
  /** YAML; undefined when there is nothing. */
  readonly live: string | undefined;
  /** YAML; undefined when it is to go. */
  readonly rendered: string | undefined;
  /** Why it is refused, kept, or not certain; empty for nothing to say. */
  readonly reason: string;
}

/** What a resource is called in sentences. */
export function labelOf({ kind, namespace, name }: ObjectName): string {
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
}

/** The difference of a resource, with everything secret masked; undefined when nothing changes. */
export function differenceOf({ name, change }: Drift, secrets: readonly string[]): Difference | undefined {
  if (change.kind === 'same' || change.kind === 'left') return undefined;
  const { live, rendered } = maskSides(
    { live: 'live' in change ? change.live : undefined, rendered: 'rendered' in change ? change.rendered : undefined },
    secrets,
  );
  return {
    name,
    label: labelOf(name),
    change: change.kind,
    live: live && liveYaml(live),
    // What is kept stays as it is.
    rendered: change.kind === 'kept' ? live && liveYaml(live) : rendered && liveYaml(rendered),
    reason: 'reason' in change ? change.reason : '',
  };
}
