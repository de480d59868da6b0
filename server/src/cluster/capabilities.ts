// What charts see of a cluster.
import type { Cluster } from './cluster.ts';

/** `.Capabilities`, as Argo CD and helm-controller give them to charts. */
export interface ClusterCapabilities {
  /** `v1.36.4`. */
  readonly kubeVersion: string;
  /** `apps/v1` and `apps/v1/Deployment`. */
  readonly apiVersions: readonly string[];
}

/** Asks a cluster for its version and for all that its API has. @throws ClusterError */
export async function capabilitiesOf({ connection, resources }: Cluster, signal: AbortSignal): Promise<ClusterCapabilities> {
  const get = <Answer>(path: string): Promise<Answer> => connection.json<Answer>({ method: 'GET', path }, signal);
  const [{ gitVersion }, { groups }] = await Promise.all([
    get<{ readonly gitVersion: string }>('/version'),
    get<{ readonly groups: readonly { readonly name: string; readonly versions: readonly { readonly version: string }[] }[] }>('/apis'),
  ]);
  const all = [
    { group: '', version: 'v1' },
    ...groups.flatMap(({ name, versions }) => versions.map(({ version }) => ({ group: name, version }))),
  ];
  const lists = await Promise.all(
    all.map(async ({ group, version }) => {
      const groupVersion = group === '' ? version : `${group}/${version}`;
      const kinds = await resources.list(group, version, signal);
      return [groupVersion, ...kinds.map(({ kind }) => `${groupVersion}/${kind}`)];
    }),
  );
  return { kubeVersion: gitVersion, apiVersions: lists.flat() };
}
