// Which contexts the user's kubeconfig files have, and what connects to each. The files are read as kubectl reads them.
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Context, KubeConfig, User } from '@kubernetes/client-node';
import { parse } from 'yaml';

/** What the kubeconfig files say together. */
export interface Kubeconfig {
  /** In the order in which the files have them. */
  readonly contexts: readonly KubeContext[];
  /** The context that kubectl would use; empty for none. */
  readonly current: string;
  /** Why a file is left out, a sentence each, with the file's path. */
  readonly problems: readonly string[];
}

/** One context: a cluster, and who asks it. */
export interface KubeContext {
  readonly name: string;
  /** URL of the API server; empty when the context names a cluster that no file has. */
  readonly server: string;
  /** Namespace that kubectl would use. */
  readonly namespace: string;
  /** Why it can't be connected to, a sentence; undefined when nothing is known to be wrong. */
  readonly problem: string | undefined;
}

/**
 * The kubeconfig files that are read: those given, else `KUBECONFIG`'s, else `~/.kube/config`.
 *
 * @param given Native paths; `~/` stands for the home folder.
 */
export function kubeconfigFiles(given: readonly string[]): string[] {
  if (given.length > 0) return given.map((file) => (file.startsWith('~/') ? path.join(homedir(), file.slice(2)) : file));
  const named = (process.env['KUBECONFIG'] ?? '').split(path.delimiter).filter((file) => file !== '');
  return named.length > 0 ? named : [path.join(homedir(), '.kube', 'config')];
}

/** Reads the contexts of kubeconfig files (native paths). A file that is absent counts as empty, one that can't be read is a problem. */
export async function readKubeconfig(files: readonly string[]): Promise<Kubeconfig> {
  const { config, problems } = await load(files);
  const contexts = config.getContexts().map((context): KubeContext => {
    const server = config.getClusters().find(({ name }) => name === context.cluster)?.server ?? '';
    return { name: context.name, server, namespace: context.namespace ?? 'default', problem: problemOf(config, context) };
  });
  return { contexts, current: config.getCurrentContext(), problems };
}

/**
 * What connects to a context, read anew from the files: credentials may have been written there since.
 *
 * @throws Error when no file has the context, or it can't be connected to, in a sentence.
 */
export async function connectable(files: readonly string[], context: string): Promise<KubeConfig> {
  const { config, tokenFiles } = await load(files);
  const found = config.getContexts().find(({ name }) => name === context);
  if (!found) throw new Error(`No context '${context}' is in ${files.join(', ')}: it may have been renamed or removed.`);
  const problem = problemOf(config, found);
  if (problem !== undefined) throw new Error(problem);
  config.setCurrentContext(context);
  const tokenFile = tokenFiles.get(found.user);
  if (tokenFile === undefined) return config;
  const token = await readFile(tokenFile, 'utf8').catch((error: unknown) => {
    throw new Error(`The token of the context '${context}' can't be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  const users = config.getUsers().map((user) => (user.name === found.user ? { ...user, token: token.trim() } : user));
  config.loadFromOptions({ clusters: config.getClusters(), users, contexts: config.getContexts(), currentContext: context });
  return config;
}

interface Loaded {
  readonly config: KubeConfig;
  readonly problems: string[];
  /** Absolute paths of the files with the tokens of users, which the library does not read. */
  readonly tokenFiles: ReadonlyMap<string, string>;
}

/** As kubectl merges: the first file that has a name decides what it means. */
async function load(files: readonly string[]): Promise<Loaded> {
  const { KubeConfig: Config } = await import('./kubernetes-client.ts');
  const problems: string[] = [];
  const tokenFiles = new Map<string, string>();
  const merged = new Config();
  merged.loadFromOptions({ clusters: [], users: [], contexts: [], currentContext: '' });
  for (const file of files) {
    const one = new Config();
    let text: string;
    try {
      text = await readFile(file, 'utf8');
      if (text.trim() === '') continue;
      one.loadFromString(text);
      one.makePathsAbsolute(path.dirname(path.resolve(file)));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
      problems.push(
        `${file} is left out, since it can't be read as a kubeconfig: ${error instanceof Error ? error.message : String(error)}.`,
      );
      continue;
    }
    for (const [user, tokenFile] of tokenFilesIn(text))
      if (!merged.getUsers().some(({ name }) => name === user)) tokenFiles.set(user, path.resolve(path.dirname(file), tokenFile));
    merged.loadFromOptions({
      clusters: firstOfName([...merged.getClusters(), ...one.getClusters().map(withoutTls)]),
      users: firstOfName([...merged.getUsers(), ...one.getUsers()]),
      contexts: firstOfName([...merged.getContexts(), ...one.getContexts()]),
      currentContext: merged.getCurrentContext() || one.getCurrentContext() || '',
    });
  }
  return { config: merged, problems, tokenFiles };
}

function tokenFilesIn(text: string): (readonly [user: string, file: string])[] {
  const { users } = parse(text) as {
    readonly users?: readonly { readonly name: string; readonly user?: { readonly tokenFile?: string } }[];
  };
  return (users ?? []).flatMap(({ name, user }) => (user?.tokenFile ? [[name, user.tokenFile] as const] : []));
}

function firstOfName<Named extends { readonly name: string }>(all: readonly Named[]): Named[] {
  return [...new Map(all.toReversed().map((each) => [each.name, each])).values()].toReversed();
}

// The library wants to be told that nothing is verified where there is no TLS, as behind `kubectl proxy`.
function withoutTls<Cluster extends { readonly server: string; readonly skipTLSVerify: boolean }>(cluster: Cluster): Cluster {
  return cluster.server.startsWith('http:') ? { ...cluster, skipTLSVerify: true } : cluster;
}

function problemOf(config: KubeConfig, { name, cluster, user }: Context): string | undefined {
  if (!config.getClusters().some((each) => each.name === cluster))
    return `The context '${name}' names the cluster '${cluster}', which no kubeconfig file has.`;
  const found = config.getUsers().find((each) => each.name === user);
  if (!found) return `The context '${name}' names the user '${user}', which no kubeconfig file has.`;
  return plugInProblem(name, found);
}

// The same as in kubectl 1.26 and later: other providers are gone.
const knownProviders = new Set(['oidc', 'exec', 'tokenFile']);

function plugInProblem(context: string, { authProvider }: User): string | undefined {
  const name = (authProvider as { readonly name?: string } | undefined)?.name;
  if (name === undefined || knownProviders.has(name)) return undefined;
  return `The context '${context}' signs in with the auth provider '${name}', which kubectl has not had since 1.26: use the provider's exec plug-in instead (for example gke-gcloud-auth-plugin or kubelogin).`;
}
