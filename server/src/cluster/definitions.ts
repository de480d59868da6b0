// When it is worth asking a cluster anew which kinds it has: definitions come and go while somebody looks (Flux is installed, for
// example). They are watched where the user may; what they define is asked of discovery, which is allowed to everybody.
import type { ApiConnection } from './connection.ts';
import { watchedKinds } from './kinds.ts';
import { pauseFor } from './pause.ts';
import { followChanges } from './watch.ts';

// Milliseconds. A kind that has just been defined is served a little later, and nothing says when.
const untilServed = [250, 500, 1000, 2000, 4000, 8000];
/** Who may not watch definitions, and has neither tool, is looked after this often; milliseconds. */
const slowly = 300_000;
/** What can't be watched is listed anew this often; milliseconds. */
const minute = 60_000;

const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
// Their schemas are megabytes, and of no use here.
const metadataOnly = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';

/** What there is to know of a cluster's definitions while it is watched. */
export class Definitions {
  readonly #connection: ApiConnection;
  readonly #forget: () => void;
  #due: readonly number[] = [];
  #absence: 'is so' | 'may be late' = 'may be late';
  #isRefused = false;
  #wake: (() => void) | undefined;

  /** @param forget Called when a definition has come, changed or gone. */
  constructor(connection: ApiConnection, forget: () => void) {
    this.#connection = connection;
    this.#forget = forget;
  }

  /** Watches them until `signal` ends it; gives up where the user may not. */
  async watch(signal: AbortSignal): Promise<void> {
    const refused = new AbortController();
    const until = AbortSignal.any([signal, refused.signal]);
    const begin = async (): Promise<string> => {
      // What is there already is not asked for: a watch goes on from this version.
      const request = { method: 'GET', path, query: { limit: '1' }, accept: metadataOnly.replace('Metadata;', 'MetadataList;') } as const;
      const { metadata } = await this.#connection.json<{ readonly metadata: { readonly resourceVersion: string } }>(request, until);
      // It may have been asked before something changed that this does not tell.
      if (this.#due.length === 0) this.#look([0], 'may be late');
      return metadata.resourceVersion;
    };
    const tellOf =
      (look: () => void) =>
      ({ metadata }: { readonly metadata: { readonly name: string } }): void => {
        this.#forget();
        if (groups.has(metadata.name.slice(metadata.name.indexOf('.') + 1))) look();
      };
    await followChanges(
      this.#connection,
      { path, accept: metadataOnly },
      begin,
      {
        changed: tellOf(() => this.#look([0, ...untilServed], 'may be late')),
        deleted: tellOf(() => this.#look([0, ...untilServed], 'is so')),
        failing: (error) => {
          if (error?.kind !== 'forbidden' && error?.kind !== 'notFound') return;
          this.#isRefused = true;
          refused.abort();
        },
      },
      until,
    );
  }

  /** Whether a kind that discovery does not tell of is gone: a server that has just started may not know of it yet. */
  get settled(): boolean {
    return this.#due.length === 0 || this.#absence === 'is so';
  }

  /** Has {@link news} come now, and again until what has just been defined is served. */
  lookAgain(): void {
    if (this.#due.length === 0) this.#look([0, ...untilServed], 'may be late');
  }

  // After so many milliseconds each.
  #look(after: readonly number[], absence: 'is so' | 'may be late'): void {
    this.#absence = absence;
    this.#due = after;
    this.#wake?.();
  }

  /**
   * Waits until it is worth asking again.
   *
   * @param known `none`: the cluster has none of the kinds that are looked for; `listed`: there are some that can't be watched.
   */
  async news(known: 'none' | 'listed' | 'watched', signal: AbortSignal): Promise<void> {
    const [next, ...rest] = this.#due;
    this.#due = rest;
    const pause = next ?? { none: this.#isRefused ? slowly : undefined, listed: minute, watched: undefined }[known];
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    await pauseFor(pause ?? longest, AbortSignal.any([signal, woken.signal]));
    this.#wake = undefined;
  }
}

/** As long as a timer can wait. */
const longest = 2 ** 31 - 1;

const groups: ReadonlySet<string> = new Set(watchedKinds.map(({ group }) => group));
