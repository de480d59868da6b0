// One cluster while somebody looks at it: its GitOps objects, kept current by watches.
import { type ApiResource, ApiResources } from './api-resources.ts';
import { ClusterError } from './cluster-error.ts';
import { ArgocdServer } from './argocd-server/argocd-server.ts';
import type { ApiConnection } from './connection.ts';
import { Definitions } from './definitions.ts';
import type { KubeContext } from './kubeconfig.ts';
import { type WatchedKind, watchedKinds } from './kinds.ts';
import { KeptObjects, type KindObjects, nothingKnown } from './kind-objects.ts';
import { ended, pauseFor } from './pause.ts';

/** How a cluster stands. */
export type ClusterState =
  /** Nobody looks at it, and it is not asked. */
  | { readonly kind: 'off' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected' }
  /** It can't be asked; what is known is what it said last. */
  | { readonly kind: 'failing'; readonly error: ClusterError };

/** What a cluster tells about itself. */
export interface ClusterEvents {
  /** Its state changed, or objects of the kind did; undefined for the state. */
  readonly changed: (cluster: Cluster, kind: WatchedKind | undefined) => void;
  /** A failure that is a bug. */
  readonly failed: (what: string, error: unknown) => void;
}

/** A cluster that can't be asked which kinds it has is asked again after so many milliseconds at most. */
const longestPause = 60_000;

/** A context of the kubeconfig, and what is known of its cluster. */
export class Cluster {
  readonly context: KubeContext;
  readonly connection: ApiConnection;
  readonly resources: ApiResources;
  readonly #events: ClusterEvents;
  readonly #kept = new Map<WatchedKind, KeptObjects>();
  #state: ClusterState = { kind: 'off' };
  #heard: number | undefined;
  #watching: AbortController | undefined;
  #definitions: Definitions | undefined;

  constructor(context: KubeContext, connection: ApiConnection, events: ClusterEvents) {
    this.context = context;
    this.connection = connection;
    this.resources = new ApiResources(connection);
    this.#events = events;
  }

  /** The Argo CD that answers in Kubernetes' place; undefined for a cluster of a kubeconfig. */
  get argocd(): ArgocdServer | undefined {
    return this.connection instanceof ArgocdServer ? this.connection : undefined;
  }

  get state(): ClusterState {
    return this.#state;
  }

  /** When it last said how it stands, milliseconds since 1970; undefined while it is watched, and when it never did. */
  get heard(): number | undefined {
    return this.#state.kind === 'connected' ? undefined : this.#heard;
  }

  /** Ends what is watched now; undefined while nothing is. */
  get watching(): AbortSignal | undefined {
    return this.#watching?.signal;
  }

  /** What is known of a kind's objects, by namespace and name. */
  objects(kind: WatchedKind): KindObjects {
    return this.#kept.get(kind) ?? nothingKnown;
  }

  /** The kinds that the cluster has, as far as it was asked. */
  get kinds(): readonly WatchedKind[] {
    return watchedKinds.filter((kind) => this.#kept.has(kind));
  }

  /** Begins to watch; nothing happens when it is watched already. */
  start(): void {
    if (this.#watching) return;
    this.#watching = new AbortController();
    this.#enter({ kind: 'connecting' });
    const { signal } = this.#watching;
    this.#follow('watching a cluster', this.#discover(signal), signal);
  }

  /**
   * Lists everything once, without watching.
   *
   * @throws ClusterError when the cluster can't be asked; what one kind is refused is told with the kind.
   */
  async list(signal: AbortSignal): Promise<void> {
    await Promise.all(
      watchedKinds.map(async (kind) => {
        const resource = await this.resources.find(kind.group, kind.kind, undefined, signal);
        if (resource?.verbs.includes('list')) await this.#listKind(kind, resource, signal);
      }),
    );
  }

  /** Ends the watches; what is known is kept, and told as it was. */
  stop(): void {
    if (!this.#watching) return;
    this.#watching.abort();
    this.#watching = undefined;
    this.#enter({ kind: 'off' });
  }

  /** Asks again for everything, with what the kubeconfig files say now. */
  restart(): void {
    const wasWatched = this.#watching !== undefined;
    this.stop();
    this.connection.renew();
    this.resources.forget();
    // Where somebody looks, rows stay until there are others.
    if (!wasWatched) this.#kept.clear();
    for (const kept of this.#kept.values()) kept.doubt();
    if (wasWatched) this.start();
  }

  async #discover(signal: AbortSignal): Promise<void> {
    const definitions = new Definitions(this.connection, () => this.resources.forget());
    this.#definitions = definitions;
    this.#follow('watching definitions', definitions.watch(signal), signal);
    const watches = new Map<WatchedKind, AbortController>();
    let failures = 0;
    while (!signal.aborted) {
      this.resources.forget();
      try {
        await Promise.all(watchedKinds.map((kind) => this.#adjust(kind, watches, definitions.settled, signal)));
        failures = 0;
        if (this.#state.kind !== 'connected' && !this.#unreachable()) this.#enter({ kind: 'connected' });
        await definitions.news(this.#kept.size === 0 ? 'none' : this.#kept.size > watches.size ? 'listed' : 'watched', signal);
      } catch (error) {
        if (ended(signal)) return;
        if (!(error instanceof ClusterError)) throw error;
        for (const kept of this.#kept.values()) kept.settle();
        this.#enter({ kind: 'failing', error });
        failures += 1;
        await pauseFor(Math.min(longestPause, 1000 * 2 ** (failures - 1)), signal);
      }
    }
  }

  /** Watches a kind that has come, and forgets one that has gone, once it is `settled`: a server that has just started says that kinds are gone. */
  async #adjust(kind: WatchedKind, watches: Map<WatchedKind, AbortController>, settled: boolean, signal: AbortSignal): Promise<void> {
    const resource = await this.resources.find(kind.group, kind.kind, undefined, signal);
    if (resource && !resource.verbs.includes('watch') && resource.verbs.includes('list')) {
      // Argo CD's API server streams nothing but Applications: the rest is listed anew by and by.
      await this.#listKind(kind, resource, signal);
      this.#events.changed(this, kind);
    } else if (!resource?.verbs.includes('watch')) {
      if (!settled && !this.#kept.get(kind)?.doubted) return;
      watches.get(kind)?.abort();
      watches.delete(kind);
      if (this.#kept.delete(kind)) this.#events.changed(this, kind);
    } else if (!watches.has(kind)) {
      const ending = new AbortController();
      watches.set(kind, ending);
      this.#watch(kind, resource, AbortSignal.any([signal, ending.signal]));
    }
  }

  #watch(kind: WatchedKind, resource: ApiResource, signal: AbortSignal): void {
    const kept = this.#kept.get(kind) ?? new KeptObjects();
    this.#kept.set(kind, kept);
    const tell = (): void => this.#events.changed(this, kind);
    const failing = (error: ClusterError | undefined): void => {
      // The kind may be gone; while the cluster was away, anything may have come and gone.
      if (error?.kind === 'notFound' || (error === undefined && this.#state.kind === 'failing')) this.#definitions?.lookAgain();
      this.#judge();
    };
    const watching = kept.watch(this.connection, resource, { tell, failing }, signal);
    this.#follow(`watching ${kind.kind}`, watching, signal);
  }

  async #listKind(kind: WatchedKind, resource: ApiResource, signal: AbortSignal): Promise<void> {
    const kept = new KeptObjects();
    await kept.list(this.connection, resource, signal);
    this.#kept.set(kind, kept);
  }

  // One watch that can't reach the cluster speaks for all; what one kind is refused does not.
  #judge(): void {
    const error = this.#unreachable();
    if (error) this.#enter({ kind: 'failing', error });
    else if (this.#state.kind === 'failing') this.#enter({ kind: 'connected' });
  }

  #unreachable(): ClusterError | undefined {
    return [...this.#kept.values()].find(({ unreachable }) => unreachable)?.error;
  }

  #enter(state: ClusterState): void {
    if (this.#state.kind === 'connected') this.#heard = Date.now();
    this.#state = state;
    this.#events.changed(this, undefined);
  }

  #follow(what: string, work: Promise<void>, signal: AbortSignal): void {
    work.catch((error: unknown) => {
      if (!signal.aborted) this.#events.failed(what, error);
    });
  }
}
