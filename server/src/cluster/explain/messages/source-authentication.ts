import type { MessageExplanation } from '../explanation.ts';

export const sourceAuthentication: MessageExplanation = {
  title: 'The source wants other credentials',
  says: /authentication required|could not read Username|ssh: handshake failed|unable to authenticate|\b401\b|Unauthorized|repository not found|invalid credentials|permission denied \(publickey|knownhosts: key (?:is unknown|mismatch)/i,
  examples: [
    "failed to checkout and determine revision: unable to clone 'https://github.com/acme/fleet': authentication required",
    'rpc error: code = Unknown desc = failed to list refs: repository not found',
    'failed to list refs: ssh: handshake failed: knownhosts: key is unknown',
  ],
  cause:
    "The controller has no credentials for the repository, or they have ended or lack the right to read; a private repository often answers as if it did not exist. With SSH, the host's key may not be among the known ones.",
  next: "Renew the Secret that the source names in `spec.secretRef` (Flux), or the repository's entry in Argo CD (`argocd repo add`). Check that the URL's form (https or ssh) fits the credentials.",
};
