import type { Application } from '../argocd/application.ts';
import type { Cluster } from '../cluster.ts';
import type { FluxObject } from '../flux/flux-object.ts';
import { changeObject } from '../objects.ts';
import type { ObjectName } from '../tree/row.ts';
import { ActionRefused } from './action.ts';

/** Which of the two a person has asked for. */
export type Suspending = 'suspend' | 'resume';

/**
 * Tells the tool to leave an object as it is, or to go on: Flux's `spec.suspend`, as `flux suspend` and `flux resume` set it; for an
 * Application its automated sync, which Argo CD since 3.1 has a switch for.
 *
 * @throws ActionRefused when an Application has no automated sync to turn off or on; ClusterError
 */
export async function setSuspended(cluster: Cluster, name: ObjectName, suspending: Suspending, signal: AbortSignal): Promise<void> {
  if (name.kind === 'Application') await changeObject<Application>(cluster, name, (object) => suspensionOf(object, suspending), signal);
  else await changeObject<FluxObject>(cluster, name, () => ({ spec: { suspend: suspending === 'suspend' ? true : null } }), signal);
}

/** The merge patch that turns an Application's automated sync off, or on again. @throws ActionRefused when it has none */
export function suspensionOf({ metadata, spec }: Application, suspending: Suspending): object {
  if (!spec.syncPolicy?.automated) throw new ActionRefused(notAutomated(metadata.name));
  return { spec: { syncPolicy: { automated: { enabled: suspending === 'suspend' ? false : null } } } };
}

/** Why an Application can be neither suspended nor resumed. */
export function notAutomated(name: string): string {
  return `${name} is not synced automatically, so there is nothing to suspend.`;
}
