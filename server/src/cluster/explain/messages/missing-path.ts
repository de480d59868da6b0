import type { MessageExplanation } from '../explanation.ts';

export const missingPath: MessageExplanation = {
  title: 'The folder does not exist in the source',
  says: /app path does not exist|kustomization path not found|path not found: stat|no such file or directory/,
  examples: [
    'rpc error: code = Unknown desc = apps/web: app path does not exist',
    'kustomization path not found: stat /tmp/kustomization-123/apps/web: no such file or directory',
  ],
  cause:
    'At the revision that is tracked there is no such folder, or a file that a kustomization names: it was moved, or is not pushed yet. Flux sees only what `.sourceignore` and `spec.ignore` of the source leave.',
  next: 'Compare `path` with the repository at the tracked revision.',
};
