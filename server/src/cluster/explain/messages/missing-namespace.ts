import type { MessageExplanation } from '../explanation.ts';

export const missingNamespace: MessageExplanation = {
  title: 'The namespace does not exist',
  says: /namespaces? "[^"]+" not found/,
  examples: ['namespaces "shop" not found'],
  cause: 'Nothing makes the namespace, or it is made only after what goes into it.',
  next: 'Put a Namespace among the manifests, or let the tool make it: `CreateNamespace=true` in `syncOptions` (Argo CD), `install.createNamespace: true` (HelmRelease).',
};
