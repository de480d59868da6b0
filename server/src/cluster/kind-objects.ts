// The objects of one kind of a cluster, as far as they are known.
import type { ApiResource } from './api-resources.ts';
import { ClusterError } from './cluster-error.ts';
import type { ApiConnection } from './connection.ts';
import { keptObject } from './kept-object.ts';
import { type LiveObject, keyOf } from './live-object.ts';
import { listKind, watchKind } from './watch.ts';

/** What is known of a kind. */
export interface KindObjects {
  /** By namespace and name. */
  readonly objects: ReadonlyMap<string, LiveObject>;
  /** Whether they were listed at least once. */
  readonly listed: boolean;
  /** Why they can't be watched now, although the cluster answers: rights, for example. */
  readonly error: ClusterError | undefined;
}

/** Of a kind that nothing is known of. */
export const nothingKnown: KindObjects = { objects: new Map(), listed: false, error: undefined };

/** The objects of a kind while they are listed or watched. */
export class KeptObjects implements KindObjects {
  objects = new Map<string, LiveObject>();
  listed = false;
  error: ClusterError | undefined;
  #doubted = false;

  /** Whether what is known may be another's: see {@link doubt}. */
  get doubted(): boolean {
    return this.#doubted;
  }

  /** Who asks, or who answers, may be another now. What is known is kept until the first word of that, so that rows do not come and go. */
  doubt(): void {
    this.#doubted = true;
    this.error = undefined;
  }

  /** Forgets what is doubted. */
  settle(): void {
    if (!this.#doubted) return;
    this.objects = new Map();
    this.listed = false;
    this.#doubted = false;
  }

  /** Whether what failed says something of the cluster, and not of this kind only. */
  get unreachable(): boolean {
    return this.error !== undefined && !kindsOwn.has(this.error.kind);
  }

  /** Lists them once. @throws ClusterError when the cluster can't be asked; what the kind is refused is kept with it. */
  async list(connection: ApiConnection, resource: ApiResource, signal: AbortSignal): Promise<void> {
    try {
      const { objects } = await listKind(connection, resource, signal, {}, keptObject);
      this.#take(objects);
    } catch (error) {
      if (!(error instanceof ClusterError) || !kindsOwn.has(error.kind)) throw error;
      this.settle();
      this.error = error;
    }
  }

  /**
   * Keeps them current until `signal` ends it.
   *
   * @param tell Called when something has changed.
   * @param failing Called before that when they can't be watched now, and with undefined when they can again.
   */
  async watch(
    connection: ApiConnection,
    resource: ApiResource,
    { tell, failing }: { readonly tell: () => void; readonly failing: (error: ClusterError | undefined) => void },
    signal: AbortSignal,
  ): Promise<void> {
    await watchKind(
      connection,
      resource,
      {
        listed: (objects) => {
          this.#take(objects);
          tell();
        },
        changed: (object) => {
          this.objects.set(keyOf(object), object);
          tell();
        },
        deleted: (object) => {
          this.objects.delete(keyOf(object));
          tell();
        },
        failing: (error) => {
          if (error) this.settle();
          this.error = error;
          failing(error);
          tell();
        },
      },
      signal,
      {},
      keptObject,
    );
  }

  #take(objects: readonly LiveObject[]): void {
    this.objects = new Map(objects.map((object) => [keyOf(object), object]));
    this.listed = true;
    this.#doubted = false;
    this.error = undefined;
  }
}

/** Failures that say something of the kind, and nothing of the cluster. */
const kindsOwn: ReadonlySet<string> = new Set(['forbidden', 'notFound', 'invalid']);
