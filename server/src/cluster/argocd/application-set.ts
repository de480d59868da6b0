import type { Condition, LiveObject } from '../live-object.ts';
import type { ObjectState } from '../object-state.ts';

/** How an ApplicationSet stands: by its conditions `ErrorOccurred` and `ResourcesUpToDate`, and the steps of a progressive sync. */
export function applicationSetState({ status, metadata }: LiveObject): ObjectState {
  const { conditions = [] } = (status ?? {}) as { readonly conditions?: readonly Condition[] };
  const find = (type: string): Condition | undefined => conditions.find((each) => each.type === type);
  const error = find('ErrorOccurred');
  const rollout = find('RolloutProgressing');
  const told = find('ResourcesUpToDate');
  const common = { sync: undefined, suspended: false, revision: '', since: (error ?? told)?.lastTransitionTime ?? '' };
  if (metadata.deletionTimestamp !== undefined) return { ...common, health: 'progressing', words: 'Deleting', message: '' };
  if (error?.status === 'True') return { ...common, health: 'degraded', words: error.reason ?? 'Error', message: error.message ?? '' };
  if (rollout?.status === 'True') return { ...common, health: 'progressing', words: 'Rolling out', message: rollout.message ?? '' };
  if (conditions.length === 0) return { ...common, health: 'unknown', words: 'Not yet reconciled', message: '' };
  return { ...common, health: 'healthy', words: 'Up to date', message: told?.message ?? '' };
}
