// What charts see of the cluster, on the command line, as `helm template` names it.
import type { Settings } from '../../protocol/src/options.ts';

/** The options. */
export const clusterOptions = {
  'kube-version': { type: 'string' },
  'api-versions': { type: 'string', short: 'a', multiple: true },
} as const;

/** Values of {@link clusterOptions}. */
export interface ClusterValues {
  readonly 'kube-version'?: string | undefined;
  readonly 'api-versions'?: string[] | undefined;
}

/** The settings with what the command line says of the cluster, which wins whatever folder something lies in. */
export function withCluster(settings: Settings, values: ClusterValues): Settings {
  const kubeVersion = values['kube-version'];
  const apiVersions = values['api-versions']?.flatMap((versions) => versions.split(','));
  const given = { ...(kubeVersion === undefined ? {} : { kubeVersion }), ...(apiVersions === undefined ? {} : { apiVersions }) };
  const clusters = Object.entries(settings.clusters).map(([folder, cluster]) => [folder, { ...cluster, ...given }] as const);
  return { ...settings, helm: { ...settings.helm, ...given }, clusters: Object.fromEntries(clusters) };
}
