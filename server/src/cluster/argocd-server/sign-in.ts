import type { SignIn } from '../../../../protocol/src/clusters.ts';
import { ClusterError } from '../cluster-error.ts';
import { ArgocdServer } from './argocd-server.ts';
import type { ArgocdLogin } from './login.ts';

/** Asks an Argo CD who it takes the owner of a token for. `timeout` gives milliseconds. @throws the reason of `signal` */
export async function signIn(login: ArgocdLogin, timeout: () => number, signal: AbortSignal): Promise<SignIn> {
  try {
    const asked = { method: 'GET', path: '/api/v1/session/userinfo' } as const;
    const server = new ArgocdServer(() => login, timeout);
    const { loggedIn, username } = await server.ask<UserInfo>(asked, signal);
    if (loggedIn === true) return { kind: 'signedIn', user: username ?? 'somebody' };
    return { kind: 'refused', reason: `${server.address} does not accept the token: it may have expired, or be of another Argo CD.` };
  } catch (error) {
    if (error instanceof ClusterError) return { kind: 'refused', reason: error.message };
    throw error;
  }
}

interface UserInfo {
  readonly loggedIn?: boolean;
  readonly username?: string;
}
