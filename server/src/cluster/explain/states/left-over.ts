import type { Application } from '../../argocd/application.ts';
import type { StateExplanation } from '../explanation.ts';

export const leftOver: StateExplanation = {
  title: 'Git no longer has some resources, and they are not deleted',
  shown: ({ tracked: { object } }) => {
    if (object.kind !== 'Application') return undefined;
    const left = ((object as Application).status?.resources ?? []).filter(({ requiresPruning }) => requiresPruning === true);
    return left.length === 0 ? undefined : `To be pruned: ${left.map(({ kind, name }) => `${kind}/${name}`).join(', ')}.`;
  },
  cause: 'Argo CD deletes only when it is told to: pruning is off by default, also with automated sync.',
  next: 'Sync with prune, or set `syncPolicy.automated.prune: true`. A resource with `Prune=false` stays in any case.',
};
