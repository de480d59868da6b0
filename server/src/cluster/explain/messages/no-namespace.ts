import type { MessageExplanation } from '../explanation.ts';

export const noNamespace: MessageExplanation = {
  title: 'No namespace is named',
  says: /Namespace for .+ is missing/,
  examples: ['Namespace for web apps/v1, Kind=Deployment is missing.'],
  cause:
    'Neither the manifest nor the Application says which namespace the object goes into. Nothing of the Application is delivered until one does.',
  next: 'Set `spec.destination.namespace` of the Application, or the namespace in the manifests (`namespace:` of a kustomization).',
};
