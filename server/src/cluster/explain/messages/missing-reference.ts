import type { MessageExplanation } from '../explanation.ts';

export const missingReference: MessageExplanation = {
  title: 'A Secret or ConfigMap that it reads is not there',
  says: /\b(?:secrets?|configmaps?) ["'][^"']+["'] not found/i,
  examples: [
    'secrets "sops-age" not found',
    'failed to select pull request service provider: error fetching Secret token: error fetching secret argocd/github-token: Secret "github-token" not found',
  ],
  cause:
    'What holds a key, a token or values was never made in this cluster, has another name, or lies in another namespace than the object that names it.',
  next: 'Make it there by hand or by what manages your secrets, or correct the name. Such references never reach into other namespaces.',
};
