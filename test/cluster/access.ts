// Who may use a cluster, and how they are let in: by tokens, and by a certificate that the API server makes for itself.
import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';

/** A user of the cluster. */
export interface User {
  readonly name: string;
  readonly token: string;
  /** The groups of the user; empty for one who may do nothing but what is granted. */
  readonly groups: readonly string[];
}

/** Makes a user with a new token. */
export function newUser(name: string, groups: readonly string[]): User {
  return { name, groups, token: randomUUID() };
}

/** Writes the API server's file of tokens. https://kubernetes.io/docs/reference/access-authn-authz/authentication/#static-token-file */
export async function writeTokens(file: string, users: readonly User[]): Promise<void> {
  const lines = users.map(({ name, token, groups }) => `${token},${name},${name},"${groups.join(',')}"\n`);
  await writeFile(file, lines.join(''), { mode: 0o600 });
}

/** What a client needs to know of an API server. */
export interface Server {
  /** `https://127.0.0.1:<port>`. */
  readonly url: string;
  /** The name of the cluster and of its context in kubeconfigs. */
  readonly name: string;
  /** Absolute path of the certificate of the authority that signed the server's own. */
  readonly authority: string;
}

/** Writes a kubeconfig with one context, whose namespace is `namespace`. */
export async function writeKubeconfig(file: string, server: Server, user: User, namespace: string): Promise<void> {
  const authority = await readFile(server.authority);
  // Of several files that are read together, the first that has a user of a name says who that is.
  const name = `${user.name}@${server.name}`;
  const content = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: server.name, cluster: { server: server.url, 'certificate-authority-data': authority.toString('base64') } }],
    users: [{ name, user: { token: user.token } }],
    contexts: [{ name: server.name, context: { cluster: server.name, user: name, namespace } }],
    'current-context': server.name,
  };
  await writeFile(file, JSON.stringify(content, null, 2), { mode: 0o600 });
}
