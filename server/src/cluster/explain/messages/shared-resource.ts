import type { MessageExplanation } from '../explanation.ts';

export const sharedResource: MessageExplanation = {
  title: 'Two owners deliver the same resource',
  says: /is part of applications .* and|SharedResourceWarning|invalid ownership metadata|cannot re-use a name that is still in use/i,
  examples: [
    'Deployment/web is part of applications argocd/shop and argocd/shop-old',
    'Unable to continue with install: Deployment "web" in namespace "shop" exists and cannot be imported into the current release: invalid ownership metadata; annotation validation error',
  ],
  cause: "The same object comes from two Applications, or belongs to another Helm release. Each sync of one undoes the other's.",
  next: 'Let only one of them render it: give the other a different name, namespace or prefix, or take it out.',
};
