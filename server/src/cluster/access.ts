// What the user may do in a cluster, asked of the cluster itself (`authorization.k8s.io/v1` SelfSubjectAccessReview).
import type { ApiResource } from './api-resources.ts';
import type { Cluster } from './cluster.ts';

/** What somebody wants to do. */
export interface Intent {
  readonly verb: 'get' | 'list' | 'watch' | 'patch' | 'update' | 'delete' | 'create';
  readonly resource: Pick<ApiResource, 'group' | 'plural'>;
  readonly namespace: string;
  readonly name: string;
}

/**
 * Why the user may not do something; undefined when they may.
 *
 * @throws ClusterError
 */
export async function refusal(
  cluster: Cluster,
  { verb, resource, namespace, name }: Intent,
  signal: AbortSignal,
): Promise<string | undefined> {
  const resourceAttributes = { verb, group: resource.group, resource: resource.plural, namespace, name };
  const { status } = await cluster.connection.json<AccessReview>(
    {
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes } },
    },
    signal,
  );
  if (status.allowed) return undefined;
  const what = `${resource.plural}${resource.group === '' ? '' : `.${resource.group}`}`;
  const where = namespace === '' ? '' : ` in the namespace '${namespace}'`;
  return `You may not ${verb} ${what}${where} as the user of the context '${cluster.context.name}'${status.reason ? `: ${status.reason}` : ''}.`;
}

interface AccessReview {
  readonly status: { readonly allowed: boolean; readonly reason?: string };
}
