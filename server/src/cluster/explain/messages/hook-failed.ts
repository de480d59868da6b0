import type { MessageExplanation } from '../explanation.ts';

export const hookFailed: MessageExplanation = {
  title: 'A hook has failed',
  says: /(?:pre|post)-(?:install|upgrade|delete|rollback) hooks? failed|failed (?:pre|post)-(?:install|upgrade)|Job has reached the specified backoff limit|hook .* failed/i,
  examples: [
    'Helm upgrade failed for release shop/web with chart web@1.0.0: pre-upgrade hooks failed: 1 error occurred: * job web-migrate failed: BackoffLimitExceeded',
    'Job has reached the specified backoff limit',
  ],
  cause:
    'A Job that has to succeed before or after the sync (a database migration, for example) has ended with an error. What comes after it is not applied.',
  next: "Read the logs of the hook's pod. Once it is mended, sync again; hooks that stay are deleted before (`hook-delete-policy`).",
};
