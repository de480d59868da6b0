import type { MessageExplanation } from '../explanation.ts';

export const quotaExceeded: MessageExplanation = {
  title: 'A quota is used up',
  says: /exceeded quota: /,
  examples: ['pods "web-1" is forbidden: exceeded quota: compute, requested: limits.cpu=2, used: limits.cpu=8, limited: limits.cpu=8'],
  cause: 'A ResourceQuota of the namespace allows no more than it names, and what is to be made would take more.',
  next: 'Lower the requests, limits or replicas in Git, or have the quota of the namespace raised. `kubectl describe resourcequota` in the namespace shows what is used.',
};
