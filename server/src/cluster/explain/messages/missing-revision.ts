import type { MessageExplanation } from '../explanation.ts';

export const missingRevision: MessageExplanation = {
  title: 'The revision does not exist',
  says: /couldn't find remote ref|reference not found|unable to resolve .* to a commit SHA|remote branch .* not found|no match(?:ing)? (?:found )?for semver/i,
  examples: [
    "unable to resolve 'feature/x' to a commit SHA",
    'failed to checkout and determine revision: unable to clone: couldn\'t find remote ref "refs/heads/nowhere"',
  ],
  cause: 'The branch, tag or commit that the source tracks is not in the repository: it was deleted, renamed or not pushed.',
  next: 'Push it, or change `targetRevision` (Argo CD) or `spec.ref` (GitRepository) to one that exists.',
};
