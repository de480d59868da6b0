// A difference as people are shown it: what becomes of a resource, and its two sides as text.
import type { ObjectName } from '../tree/row.ts';
import type { Drift } from './drift.ts';
import { liveYaml } from './yaml.ts';
import { maskSides, maskText } from './mask.ts';

/** A difference in words and text. */
export interface Difference {
  readonly name: ObjectName;
  /** `Deployment shop/web`. */
  readonly label: string;
  readonly change: 'create' | 'change' | 'prune' | 'kept' | 'refused';
  /** YAML; empty when there is nothing. */
  readonly live: string;
  /** YAML; empty when it is to go. */
  readonly rendered: string;
  /** Why it is refused, kept, or not certain; empty for nothing to say. */
  readonly reason: string;
}

/** What a resource is called in sentences. */
export function labelOf({ kind, namespace, name }: ObjectName): string {
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
}

/** The two sides of a resource as YAML, with everything secret masked; empty where there is nothing. */
export interface SideTexts {
  readonly live: string;
  readonly rendered: string;
}

/** The sides of a resource, whether they differ or not; undefined of what the controller leaves alone. */
export function sideTextsOf({ change }: Drift, secrets: readonly string[]): SideTexts | undefined {
  if (change.kind === 'left') return undefined;
  const before = 'live' in change ? change.live : undefined;
  // What is kept stays as it is.
  const after = change.kind === 'same' || change.kind === 'kept' ? before : 'rendered' in change ? change.rendered : undefined;
  const { live, rendered } = maskSides({ live: before, rendered: after }, secrets);
  const [why = ''] = change.kind === 'refused' ? maskText(change.reason, secrets).split('\n', 1) : [];
  const heading = why === '' ? '' : `# The server refuses this: ${why}\n`;
  return { live: live ? liveYaml(live) : '', rendered: rendered ? heading + liveYaml(rendered) : '' };
}

/** The difference of a resource, with everything secret masked; undefined when nothing changes. */
export function differenceOf(drift: Drift, secrets: readonly string[]): Difference | undefined {
  const { name, change } = drift;
  const sides = sideTextsOf(drift, secrets);
  if (!sides || change.kind === 'same' || change.kind === 'left') return undefined;
  return { name, label: labelOf(name), change: change.kind, ...sides, reason: 'reason' in change ? maskText(change.reason, secrets) : '' };
}
