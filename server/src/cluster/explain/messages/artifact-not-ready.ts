import type { MessageExplanation } from '../explanation.ts';

export const artifactNotReady: MessageExplanation = {
  title: 'The source has nothing to deliver yet',
  says: /source artifact not found|Source is not ready|artifact not found|HelmChart '[^']+' is not ready|latest generation of object has not been reconciled|could not get Source object/i,
  examples: [
    "HelmChart 'flux-system/shop-web' is not ready: latest generation of object has not been reconciled",
    'Source artifact not found, retrying in 30s',
    'Source is not ready, artifact not found',
  ],
  cause:
    'The GitRepository, OCIRepository, HelmRepository or HelmChart that it comes from is not there, was not fetched yet, or could not be.',
  next: 'Look at that source: its own conditions say why. When it is mended, reconcile with its source.',
};
