// The clusters that Argo CD has Secrets for, kept current while their cluster is watched.
import type { RegisteredCluster } from '../../model/registered-clusters.ts';
import type { Cluster } from '../cluster.ts';
import type { ClusterError } from '../cluster-error.ts';
import { keyOf } from '../live-object.ts';
import { listKind, watchKind } from '../watch.ts';
import { clusterSecretSelector, registeredCluster, secrets } from './cluster-secret.ts';

/** What is known of the Secrets in a namespace. */
export interface KnownSecrets {
  /** By the names of the Secrets; undefined before they were listed. */
  readonly clusters: ReadonlyMap<string, RegisteredCluster> | undefined;
  /** When the cluster told of them last, milliseconds since 1970. */
  readonly heard: number;
  /** Why they can't be read now. */
  readonly error: ClusterError | undefined;
}

interface Kept {
  clusters: Map<string, RegisteredCluster> | undefined;
  heard: number;
  error: ClusterError | undefined;
  /** What ends the watch that was begun last. */
  watching: AbortSignal | undefined;
}

/** The clusters that one Argo CD deploys to. */
export class ClusterSecrets {
  readonly #cluster: Cluster;
  readonly #changed: () => void;
  readonly #failed: (error: unknown) => void;
  readonly #namespaces = new Map<string, Kept>();

  /** @param failed Takes a failure that is a bug. */
  constructor(cluster: Cluster, changed: () => void, failed: (error: unknown) => void) {
    this.#cluster = cluster;
    this.#changed = changed;
    this.#failed = failed;
  }

  /** What is known of the Secrets in a namespace. From the first call on they are watched whenever the cluster is, and never else. */
  in(namespace: string): KnownSecrets {
    const kept = this.#namespaces.get(namespace) ?? { clusters: undefined, heard: 0, error: undefined, watching: undefined };
    this.#namespaces.set(namespace, kept);
    this.#follow(namespace, kept);
    return kept;
  }

  #follow(namespace: string, kept: Kept): void {
    const { watching } = this.#cluster;
    if (!watching || kept.watching === watching) return;
    kept.watching = watching;
    const heard = (): void => {
      kept.heard = Date.now();
      kept.error = undefined;
      this.#changed();
    };
    const events = {
      listed(objects) {
        kept.clusters = new Map(objects.map((object) => [keyOf(object), registeredCluster(object)]));
        heard();
      },
      changed(object) {
        kept.clusters?.set(keyOf(object), registeredCluster(object));
        heard();
      },
      deleted(object) {
        kept.clusters?.delete(keyOf(object));
        heard();
      },
      failing: (error) => {
        kept.error = error;
        this.#changed();
      },
    } satisfies Parameters<typeof watchKind>[2];
    watchKind(this.#cluster.connection, secrets, events, watching, { namespace, labelSelector: clusterSecretSelector }).catch(
      (error: unknown) => this.#failed(error),
    );
  }
}

/**
 * Asks once for the clusters that Argo CD in a namespace has Secrets for, sorted by the Secrets' names.
 *
 * @throws ClusterError
 */
export async function listRegistered({ connection }: Cluster, namespace: string, signal: AbortSignal): Promise<RegisteredCluster[]> {
  const { objects } = await listKind(connection, secrets, signal, { namespace, labelSelector: clusterSecretSelector });
  return objects.map(registeredCluster);
}
