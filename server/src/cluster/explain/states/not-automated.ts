import type { Application } from '../../argocd/application.ts';
import type { StateExplanation } from '../explanation.ts';

export const notAutomated: StateExplanation = {
  title: 'Nothing syncs it by itself',
  shown: ({ tracked: { object, state } }) => {
    if (object.kind !== 'Application' || state.sync !== 'outOfSync') return undefined;
    const automated = (object as Application).spec.syncPolicy?.automated;
    if (automated === undefined) return '`syncPolicy.automated` is not set.';
    return automated.enabled === false ? '`syncPolicy.automated.enabled` is false.' : undefined;
  },
  cause: 'Argo CD compares the Application with Git and shows the difference, and waits for somebody to sync it.',
  next: 'Sync it here, or set `syncPolicy.automated` in Git.',
};
