import type { Cluster } from '../cluster.ts';

/** Whether an Argo CD that is asked through its own API server knows nobody to answer. */
export function isSignedOut({ argocd, state }: Cluster): boolean {
  return argocd !== undefined && state.kind === 'failing' && (state.error.kind === 'unauthorized' || state.error.kind === 'credentials');
}
