import type { Application } from '../argocd/application.ts';
import type { Cluster } from '../cluster.ts';
import type { FluxObject } from '../flux/flux-object.ts';
import { changeObject } from '../objects.ts';
import type { ObjectName } from '../tree/row.ts';
import { ActionRefused } from './action.ts';

/**
 * Tells the tool to leave an object as it is, or to go on: Flux's `spec.suspend`, as `flux suspend` and `flux resume` set it; for an
 * Application its automated sync, which Argo CD since 3.1 has a switch for.
 *
 * @throws ActionRefused when an Application has no automated sync to turn off or on; ClusterError
 */
export async function setSuspended(
  cluster: Cluster,
  name: ObjectName,
  suspended: 'suspended' | 'resumed',
  signal: AbortSignal,
): Promise<void> {
  if (name.kind !== 'Application') {
    await changeObject<FluxObject>(cluster, name, () => ({ spec: { suspend: suspended === 'suspended' ? true : null } }), signal);
    return;
  }
  await changeObject<Application>(
    cluster,
    name,
    ({ spec }) => {
      if (!spec.syncPolicy?.automated) throw new ActionRefused(`${name.name} is not synced automatically, so there is nothing to suspend.`);
      return { spec: { syncPolicy: { automated: { enabled: suspended === 'suspended' ? false : null } } } };
    },
    signal,
  );
}
