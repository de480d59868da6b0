// The room's front door: the clusters of the user's kubeconfig files. Nothing is read or asked before `contexts` or `find` is called,
// and no cluster is contacted before `Cluster.start` is, or something is asked of its connection.
import { Cluster, type ClusterEvents } from './cluster.ts';
import { ArgocdServer, argocdContextName } from './argocd-server/argocd-server.ts';
import type { ArgocdLogin } from './argocd-server/login.ts';
import { type ApiConnection, Connection } from './connection.ts';
import { matcher } from './name-pattern.ts';
import { type KubeContext, type Kubeconfig, connectable, kubeconfigFiles, readKubeconfig } from './kubeconfig.ts';

/** What clusters are found and asked with; asked whenever it matters. */
export interface ClusterOptions {
  /** Native paths of kubeconfig files; none for kubectl's own. */
  readonly kubeconfig: () => readonly string[];
  /** The Argo CD that is asked through its API server; none when not given or undefined. */
  readonly argocd?: () => ArgocdLogin | undefined;
  /** Patterns of contexts that are left out; `*` stands for any text. */
  readonly hidden: () => readonly string[];
  /** Milliseconds that one answer of a cluster may take. */
  readonly timeout: () => number;
}

/** The clusters that the user can reach. */
export class Clusters {
  readonly #options: ClusterOptions;
  readonly #events: ClusterEvents;
  readonly #clusters = new Map<string, Cluster>();

  constructor(options: ClusterOptions, events: ClusterEvents) {
    this.#options = options;
    this.#events = events;
  }

  /** Reads the kubeconfig files; contexts that the settings hide are left out. An Argo CD of its own comes after them. */
  async contexts(): Promise<Kubeconfig> {
    const all = await readKubeconfig(kubeconfigFiles(this.#options.kubeconfig()));
    const hidden = this.#options.hidden().map(matcher);
    const argocd = this.#options.argocd?.();
    const contexts = [...all.contexts, ...(argocd ? [contextOfArgocd(argocd)] : [])];
    return { ...all, contexts: contexts.filter(({ name }) => !hidden.some((matches) => matches(name))) };
  }

  /** The cluster of a context; the same one as long as its address stays. */
  of(context: KubeContext): Cluster {
    const known = this.#clusters.get(context.name);
    if (known?.context.server === context.server && known.context.problem === context.problem) return known;
    known?.stop();
    const cluster = new Cluster(context, this.#connectionOf(context), this.#events);
    this.#clusters.set(context.name, cluster);
    return cluster;
  }

  #connectionOf({ name }: KubeContext): ApiConnection {
    const { argocd, kubeconfig, timeout } = this.#options;
    const login = argocd?.();
    if (login && name === argocdContextName(login.server)) return new ArgocdServer(() => argocd?.() ?? login, timeout);
    return new Connection({ load: () => connectable(kubeconfigFiles(kubeconfig()), name), timeout });
  }

  /** Those that were asked for so far. */
  get known(): readonly Cluster[] {
    return [...this.#clusters.values()];
  }

  /** Ends all watches. */
  dispose(): void {
    for (const cluster of this.#clusters.values()) cluster.stop();
    this.#clusters.clear();
  }
}

function contextOfArgocd({ server }: ArgocdLogin): KubeContext {
  const url = /^https?:/.test(server) ? server : `https://${server}`;
  return { name: argocdContextName(server), server: url, namespace: '', problem: undefined };
}
