// How an installation of Argo CD marks what it deploys, from its configuration in the cluster (argocd-cm).
import type { Cluster } from '../cluster.ts';
import { ClusterError } from '../cluster-error.ts';
import { readObject } from '../objects.ts';
import type { LiveObject } from '../live-object.ts';

/** `argocd-cm`, as far as it is read. */
export interface ArgoConfiguration {
  readonly trackingMethod: 'label' | 'annotation' | 'annotation+label';
  readonly instanceLabel: string;
  readonly installationID: string;
  /** The ConfigMap's data, for `resource.customizations.*` and `resource.compareoptions`. */
  readonly data: Readonly<Record<string, string>>;
}

/** Argo CD v3's defaults. */
const defaults = { trackingMethod: 'annotation', instanceLabel: 'app.kubernetes.io/instance', installationID: '' } as const;

/**
 * Reads the configuration of the Argo CD that runs in a namespace; its defaults when it has none or the user may not read it.
 *
 * @throws ClusterError when the cluster can't be asked.
 */
export async function argoConfiguration(cluster: Cluster, namespace: string, signal: AbortSignal): Promise<ArgoConfiguration> {
  const data = await configData(cluster, namespace, signal);
  const method = data['application.resourceTrackingMethod'];
  return {
    trackingMethod: method === 'label' || method === 'annotation+label' ? method : defaults.trackingMethod,
    instanceLabel: data['application.instanceLabelKey'] || defaults.instanceLabel,
    installationID: data['installationID'] ?? defaults.installationID,
    data,
  };
}

async function configData(cluster: Cluster, namespace: string, signal: AbortSignal): Promise<Readonly<Record<string, string>>> {
  try {
    const name = { group: '', kind: 'ConfigMap', namespace, name: 'argocd-cm' };
    const config = await readObject<LiveObject & { readonly data?: Readonly<Record<string, string>> }>(cluster, name, signal);
    return config.data ?? {};
  } catch (error) {
    if (error instanceof ClusterError && (error.kind === 'notFound' || error.kind === 'forbidden')) return {};
    throw error;
  }
}
