import { pathOf } from '../api-resources.ts';
import type { Cluster } from '../cluster.ts';
import { changeObject, resourceOf } from '../objects.ts';
import type { ObjectName } from '../tree/row.ts';

/** What becomes of what an object has put into the cluster: `foreground` waits for it, `background` does not, `orphan` leaves it there. */
export type Cascade = 'foreground' | 'background' | 'orphan';

const applicationFinalizer = 'resources-finalizer.argocd.argoproj.io';

/** Deletes an object as `argocd app delete --cascade --propagation-policy` and `kubectl delete` do. @throws ClusterError */
export async function deleteObject(cluster: Cluster, name: ObjectName, cascade: Cascade, signal: AbortSignal): Promise<void> {
  if (name.kind === 'Application') {
    await changeObject(
      cluster,
      name,
      ({ metadata }) => {
        const others = (metadata.finalizers ?? []).filter((each) => !each.startsWith(applicationFinalizer));
        const own = { foreground: [applicationFinalizer], background: [`${applicationFinalizer}/background`], orphan: [] }[cascade];
        return { metadata: { finalizers: [...others, ...own] } };
      },
      signal,
    );
  }
  // Flux removes what an object's inventory has unless it is suspended or does not prune (kustomize-controller's finalizer).
  else if (cascade === 'orphan') await changeObject(cluster, name, () => ({ spec: { suspend: true } }), signal);
  const resource = await resourceOf(cluster, name, signal);
  await cluster.connection.json({ method: 'DELETE', path: pathOf(resource, name.namespace, name.name) }, signal);
}
