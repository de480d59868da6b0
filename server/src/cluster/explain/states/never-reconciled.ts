import type { StateExplanation } from '../explanation.ts';

export const neverReconciled: StateExplanation = {
  title: 'No controller has looked at it',
  shown: ({ tracked: { object, name, state } }) =>
    object.status === undefined && state.health === 'unknown' ? `${name.kind} ${name.name} has no status.` : undefined,
  cause:
    'The controller of this kind does not run, watches other namespaces (`--watch-all-namespaces=false`, `application.namespaces`), or has another shard.',
  next: 'Look at the pods of the controller, and at its log for this object.',
};
