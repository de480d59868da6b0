import type { ArgocdServer } from './argocd-server.ts';

/** What somebody wants to do with Applications. */
export interface Privilege {
  /** One of Argo CD's: `get`, `sync` … */
  readonly verb: string;
  /** A project; empty for all. */
  readonly scope: string;
  /** Empty for all Applications of the project. */
  readonly name: string;
}

/**
 * Why the user may not do something with Applications, as Argo CD itself answers by its own roles; undefined when they may.
 *
 * @throws ClusterError
 */
export async function askRoles(server: ArgocdServer, { verb, scope, name }: Privilege, signal: AbortSignal): Promise<string | undefined> {
  const object = [scope, name].map((part) => part || '*');
  const path = `/api/v1/account/can-i/applications/${verb}/${object.map(encodeURIComponent).join('/')}`;
  const { value } = await server.ask<{ readonly value: string }>({ method: 'GET', path }, signal);
  if (value === 'yes') return undefined;
  const what = name === '' ? `Applications of the project ${scope}` : `the Application ${scope}/${name}`;
  return `You may not ${verb} ${what}, as Argo CD's roles have it.`;
}
