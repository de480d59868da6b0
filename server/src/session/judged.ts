import type { HealthRequest, HealthState } from '../engine/health.ts';
import type { Session } from './session.ts';

/** How the controllers judge live objects, by their own code in the engine; undefined where that does not run. */
export async function judged(
  { rendering }: Session,
  tool: HealthRequest['tool'],
  objects: readonly object[],
  signal: AbortSignal,
): Promise<readonly HealthState[] | undefined> {
  if (rendering.kind === 'off' || objects.length === 0) return undefined;
  const outcome = await rendering.renders.ask({ op: 'health', render: { tool, objects } }, signal);
  return outcome.kind === 'rendered' ? (outcome.details as readonly HealthState[]) : undefined;
}
