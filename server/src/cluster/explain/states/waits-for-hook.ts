import type { Application } from '../../argocd/application.ts';
import type { StateExplanation } from '../explanation.ts';

export const waitsForHook: StateExplanation = {
  title: 'A sync goes on and waits',
  shown: ({ tracked: { object } }) => {
    const state = object.kind === 'Application' ? (object as Application).status?.operationState : undefined;
    return state?.phase === 'Running' ? `Since ${state.startedAt}: ${state.message ?? 'it has just begun'}.` : undefined;
  },
  cause: 'A hook has not ended, or what one sync wave applied is not healthy, and the next wave waits for it.',
  next: 'Look at the events and logs of the resource that it waits for. A sync that will not end can be terminated here.',
};
