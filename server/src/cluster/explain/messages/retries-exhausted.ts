import type { MessageExplanation } from '../explanation.ts';

export const retriesExhausted: MessageExplanation = {
  title: 'It has given up trying',
  says: /exhausted|exceeded maximum retries|RetriesExceeded|Attempt to sync to .* failed after/i,
  examples: [
    'terminal error: exceeded maximum retries: cannot remediate failed release',
    'Failed to upgrade after 3 attempt(s): upgrade retries exhausted',
  ],
  cause: 'It failed as often as its retries allow, and is not tried again until something changes.',
  next: 'Mend the failure itself (an earlier one among its events), then reset it: `Force Reconcile of Release` here, or `flux reconcile helmrelease --reset`; for an Application, sync again.',
};
