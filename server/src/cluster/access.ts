// What the user may do, asked of the cluster itself (`authorization.k8s.io/v1` SelfSubjectAccessReview), or of Argo CD by its own roles.
import type { ClusterAction } from '../../../protocol/src/clusters.ts';
import { isPrepared } from './actions/delete.ts';
import type { Application } from './argocd/application.ts';
import { askRoles } from './argocd-server/roles.ts';
import type { Cluster } from './cluster.ts';
import { type FluxObject, sourceOf } from './flux/flux-object.ts';
import { kindsOfTool } from './kinds.ts';
import { resourceOf } from './objects.ts';
import type { Tracked } from './tree/inventory.ts';

/** What somebody wants to do with objects of a kind. */
export interface Access {
  /** Of Kubernetes; `sync` is a verb of Argo CD's roles. */
  readonly verb: 'get' | 'patch' | 'delete' | 'sync' | 'update';
  readonly group: string;
  readonly kind: string;
  /** The namespace, or of Argo CD's roles the project; empty for all. */
  readonly scope: string;
  /** Empty for all of the scope. */
  readonly name: string;
}

/** What an action on an object takes. */
export function accessesFor(cluster: Cluster, { name, object }: Tracked, action: ClusterAction): Access[] {
  const { group, kind, name: called, namespace } = name;
  if (cluster.argocd) {
    const verbs: Partial<Record<ClusterAction['kind'], Access['verb']>> = {
      refresh: 'get',
      delete: 'delete',
      suspend: 'update',
      resume: 'update',
    };
    const scope = (object as Application).spec.project ?? 'default';
    return [{ verb: verbs[action.kind] ?? 'sync', group, kind, scope, name: called }];
  }
  const own = (verb: Access['verb']): Access => ({ verb, group, kind, scope: namespace, name: called });
  switch (action.kind) {
    case 'delete':
      return isPrepared(name, action.cascade) ? [own('patch'), own('delete')] : [own('delete')];
    case 'reconcile': {
      const source = action.withSource ? sourceOf(object as FluxObject) : undefined;
      const itsGroup = source && kindsOfTool('flux').find((each) => each.kind === source.kind)?.group;
      if (!source || itsGroup === undefined) return [own('patch')];
      return [own('patch'), { verb: 'patch', group: itsGroup, kind: source.kind, scope: source.namespace, name: source.name }];
    }
    default:
      return [own('patch')];
  }
}

/**
 * Why the user may not do something; undefined when they may.
 *
 * @throws ClusterError
 */
export async function askAccess(cluster: Cluster, access: Access, signal: AbortSignal): Promise<string | undefined> {
  if (cluster.argocd) return askRoles(cluster.argocd, access, signal);
  const { verb, group, kind, scope: namespace, name } = access;
  const { plural } = await resourceOf(cluster, { group, kind }, signal);
  const resourceAttributes = { verb, group, resource: plural, namespace, name };
  const { status } = await cluster.connection.json<AccessReview>(
    {
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes } },
    },
    signal,
  );
  if (status.allowed) return undefined;
  const what = `${plural}${group === '' ? '' : `.${group}`}`;
  const where = namespace === '' ? '' : ` in the namespace '${namespace}'`;
  return `You may not ${verb} ${what}${where} as the user of the context '${cluster.context.name}'${status.reason ? `: ${status.reason}` : ''}.`;
}

interface AccessReview {
  readonly status: { readonly allowed: boolean; readonly reason?: string };
}
