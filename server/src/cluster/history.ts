// What was deployed before.
import type { Deployment } from '../../../protocol/src/clusters.ts';
import type { Application } from './argocd/application.ts';
import type { LiveObject } from './live-object.ts';
import { shortRevision } from './tree/short-revision.ts';
import type { View } from '../model/view.ts';

/** The deployments that an object remembers, the latest first; none for kinds without a history. */
export function historyOf(object: LiveObject, view: Pick<View, 'repositories'>): Deployment[] {
  if (object.kind === 'Application') {
    return ((object as Application).status?.history ?? []).toReversed().map(({ id, revision, revisions, deployedAt, initiatedBy }) => ({
      id,
      revision: [revision ?? '', ...(revisions ?? [])]
        .filter((each) => each !== '')
        .map((each) => shortRevision(each, view))
        .join(', '),
      deployedAt,
      note: initiatedBy?.automated === true ? 'automated sync' : (initiatedBy?.username ?? ''),
    }));
  }
  if (object.kind === 'Kustomization') {
    const { history = [] } = (object.status ?? {}) as { readonly history?: readonly ReconciliationSnapshot[] };
    return history.map(({ lastReconciled = '', lastReconciledStatus = '', totalReconciliations = 1, metadata }) => ({
      revision: shortRevision(metadata?.['revision'] ?? '', view),
      deployedAt: lastReconciled,
      note: `${lastReconciledStatus}${totalReconciliations > 1 ? `, ${totalReconciliations} times` : ''}`,
    }));
  }
  if (object.kind !== 'HelmRelease') return [];
  const { history = [] } = (object.status ?? {}) as { readonly history?: readonly ReleaseSnapshot[] };
  return history.map(({ version, chartVersion = '', status = '', lastDeployed = '' }) => ({
    revision: `release ${version}, chart ${chartVersion}`,
    deployedAt: lastDeployed,
    note: status,
  }));
}

/** `status.history` of a Kustomization (kustomize-controller 1.7 and later, fluxcd/pkg/apis/meta `Snapshot`). */
interface ReconciliationSnapshot {
  readonly lastReconciled?: string;
  readonly lastReconciledStatus?: string;
  readonly totalReconciliations?: number;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** `status.history` of a HelmRelease (helm-controller API v2). */
interface ReleaseSnapshot {
  readonly version: number;
  readonly chartVersion?: string;
  readonly status?: string;
  readonly lastDeployed?: string;
}
