// Who is signed in to an Argo CD, from what `argocd login` has written (argo-cd v3.2 util/localconfig), or with a token of the user's.
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import { parse } from 'yaml';

/** How Argo CD is asked. */
export interface ArgocdLogin {
  /** `argocd.example.com`, with a port or a path where it has one; `http://` in front says that it has no TLS. */
  readonly server: string;
  /** A token that the user has given; empty for that of `ARGOCD_AUTH_TOKEN`, or of `argocd login`. */
  readonly token: string;
}

/**
 * What connects to Argo CD, read anew from its file: `argocd login` may have been called since.
 *
 * @throws Error when nobody is signed in, in a sentence.
 */
export async function argocdConnectable({ server, token }: ArgocdLogin): Promise<KubeConfig> {
  const { KubeConfig: Config } = await import('../kubernetes-client.ts');
  const address = server.replace(/^https?:\/\//, '').replace(/\/+$/, '');
  const config = await readConfig();
  const context = config.contexts?.find((each) => each.server === address || each.name === address);
  const known = config.servers?.find((each) => each.server === (context?.server ?? address));
  if (known?.core === true)
    throw new Error(`${address} is used by argocd login --core, which asks Kubernetes: take the context of the kubeconfig instead.`);
  const user = config.users?.find((each) => each.name === context?.user);
  const used = token || process.env['ARGOCD_AUTH_TOKEN'] || (user?.['auth-token'] ?? '');
  if (used === '') throw new Error(`Nobody is signed in to ${address}: ${signingIn(address)}.`);
  const plain = server.startsWith('http://') || known?.['plain-text'] === true;
  const root = known?.['grpc-web-root-path'] ? `/${known['grpc-web-root-path'].replaceAll(/^\/+|\/+$/g, '')}` : '';
  const loaded = new Config();
  loaded.loadFromClusterAndUser(
    {
      name: address,
      server: `${plain ? 'http' : 'https'}://${known?.server ?? address}${root}`,
      // The library wants to be told that nothing is verified where there is no TLS.
      skipTLSVerify: plain || known?.insecure === true,
      ...(known?.['certificate-authority-data'] ? { caData: known['certificate-authority-data'] } : {}),
    },
    { name: address, token: used },
  );
  return loaded;
}

/** What a user does to sign in. */
export function signingIn(address: string): string {
  return `run argocd login ${address}, or "Drydock: Sign In to Argo CD"`;
}

interface LocalConfig {
  readonly contexts?: readonly { readonly name: string; readonly server: string; readonly user: string }[];
  readonly servers?: readonly {
    readonly server: string;
    readonly insecure?: boolean;
    readonly 'plain-text'?: boolean;
    readonly core?: boolean;
    readonly 'grpc-web-root-path'?: string;
    readonly 'certificate-authority-data'?: string;
  }[];
  readonly users?: readonly { readonly name: string; readonly 'auth-token'?: string }[];
}

async function readConfig(): Promise<LocalConfig> {
  const file = path.join(await configFolder(), 'config');
  try {
    const content: unknown = parse(await readFile(file, 'utf8'));
    return typeof content === 'object' && content !== null ? content : {};
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Error(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

// As argo-cd's `DefaultConfigDir` finds it.
async function configFolder(): Promise<string> {
  const given = process.env['ARGOCD_CONFIG_DIR'];
  if (given) return given;
  const old = path.join(homedir(), '.argocd');
  const isThere = await stat(old).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  return isThere ? old : path.join(process.env['XDG_CONFIG_HOME'] ?? path.join(homedir(), '.config'), 'argocd');
}
