import type { MessageExplanation } from '../explanation.ts';

export const fieldConflict: MessageExplanation = {
  title: 'Somebody else owns a field',
  says: /conflicts? with "[^"]+"|Apply failed with \d+ conflicts?/i,
  examples: ['Apply failed with 1 conflict: conflict with "kubectl-client-side-apply" using apps/v1: .spec.replicas'],
  cause: 'With server-side apply, a field belongs to who has set it. Another tool or person has set this one to another value.',
  next: "Take the field out of Git when the other should decide (an autoscaler's `replicas`), or take it over: `ServerSideApply=true` with force (Argo CD), `kustomize.toolkit.fluxcd.io/ssa: Override` is what Flux does anyway.",
};
