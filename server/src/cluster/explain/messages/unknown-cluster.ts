import type { MessageExplanation } from '../explanation.ts';

export const unknownCluster: MessageExplanation = {
  title: 'Argo CD does not know the cluster that it is meant for',
  says: /there are no clusters with this name|there are \d+ clusters with the same name|error getting cluster by/,
  examples: [
    'there are no clusters with this name: west',
    'error getting cluster by server "https://west.example.com": rpc error: code = NotFound desc = cluster "https://west.example.com" not found',
  ],
  cause:
    'No cluster of the name or address in `spec.destination` is registered in Argo CD, or several are; it is called otherwise, or was removed.',
  next: 'Compare `spec.destination` with what `argocd cluster list` shows. `argocd cluster add` registers a cluster.',
};
