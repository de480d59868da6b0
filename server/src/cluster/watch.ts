// All objects of a kind, and what becomes of them: list, then watch, for as long as somebody looks. The client library's informer
// would do, were its lists paged, its watches kept alive through errors, and bookmarks asked for.
import { type ApiResource, pathOf } from './api-resources.ts';
import { ClusterError, type Status } from './cluster-error.ts';
import type { ApiConnection, ApiRequest } from './connection.ts';
import type { LiveObject } from './live-object.ts';
import { ended, pauseFor } from './pause.ts';

/** What a watch tells. */
export interface WatchEvents {
  /** All objects there are now; whatever was known before and is not among them is gone. */
  readonly listed: (objects: readonly LiveObject[]) => void;
  /** One was made or changed. */
  readonly changed: (object: LiveObject) => void;
  readonly deleted: (object: LiveObject) => void;
  /** The cluster can't be asked now, and will be asked again; undefined when it answers again. What is known may be old. */
  readonly failing: (error: ClusterError | undefined) => void;
}

// A hundred Applications with their status are megabytes; nothing else is done here while they are read.
const pageSize = '100';
// Milliseconds before it is tried again; doubled each time, with some chance, so that many watches don't return together.
const firstPause = 500;
const longestPause = 30_000;
// Seconds after which the server ends a watch, as client-go asks for.
const watchSeconds = 300;

/**
 * Watches a kind until `signal` ends it; never fails.
 *
 * @param keep Gives what is told of an object; the rest of it can be forgotten.
 */
export async function watchKind(
  connection: ApiConnection,
  resource: ApiResource,
  events: WatchEvents,
  signal: AbortSignal,
  selector: Selector = {},
  keep: Keep = whole,
): Promise<void> {
  const { namespace, ...selectors } = selector;
  const begin = async (): Promise<string> => {
    const { objects, version } = await listKind(connection, resource, signal, selector, keep);
    events.listed(objects);
    return version;
  };
  const kept = { ...events, changed: (object: LiveObject) => events.changed(keep(object)) };
  await followChanges(connection, { path: pathOf(resource, namespace), query: selectors }, begin, kept, signal);
}

type Keep = (object: LiveObject) => LiveObject;
const whole: Keep = (object) => object;

/**
 * Follows what happens to the objects at a path until `signal` ends it; never fails.
 *
 * @param begin Gives the version that is followed from; called again when that has become too old.
 */
export async function followChanges(
  connection: ApiConnection,
  place: Pick<ApiRequest, 'path' | 'query' | 'accept'>,
  begin: () => Promise<string>,
  events: Omit<WatchEvents, 'listed'>,
  signal: AbortSignal,
): Promise<void> {
  let version = '';
  let failures = 0;
  while (!signal.aborted) {
    try {
      if (version === '') version = await begin();
      const happening = await watchFrom(connection, place, version, signal);
      if (failures > 0) events.failing(undefined);
      failures = 0;
      for await (const event of happening) {
        version = event.object.metadata.resourceVersion;
        if (event.type === 'DELETED') events.deleted(event.object);
        else if (event.type !== 'BOOKMARK') events.changed(event.object);
      }
    } catch (error) {
      if (ended(signal)) return;
      if (!(error instanceof ClusterError)) throw error;
      if (error.kind === 'gone') {
        version = '';
        continue;
      }
      failures += 1;
      events.failing(error);
      await pauseFor(pauseAfter(failures, error), signal);
    }
  }
}

/** Which objects of a kind are meant. */
export interface Selector {
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/**
 * All objects of a kind, a page at a time.
 *
 * @param keep As in {@link watchKind}.
 * @returns them with the version of the list that a watch goes on from.
 * @throws ClusterError
 */
export async function listKind(
  connection: ApiConnection,
  resource: ApiResource,
  signal: AbortSignal,
  selector: Selector = {},
  keep: Keep = whole,
): Promise<{ readonly objects: readonly LiveObject[]; readonly version: string }> {
  const { namespace, ...selectors } = selector;
  const path = pathOf(resource, namespace);
  const kind = { apiVersion: resource.group === '' ? resource.version : `${resource.group}/${resource.version}`, kind: resource.kind };
  for (;;) {
    const objects: LiveObject[] = [];
    let page: ListPage;
    let rest: string | undefined;
    try {
      do {
        page = await connection.json<ListPage>({ method: 'GET', path, query: { limit: pageSize, continue: rest, ...selectors } }, signal);
        // Items of a list of built-in kinds don't say what they are.
        objects.push(...page.items.map((item) => keep({ ...kind, ...item })));
        rest = page.metadata.continue;
      } while (rest);
    } catch (error) {
      // The rest of a list that was begun too long ago is no longer kept.
      if (error instanceof ClusterError && error.kind === 'gone' && rest !== undefined) continue;
      throw error;
    }
    return { objects, version: page.metadata.resourceVersion };
  }
}

interface ListPage {
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string };
  readonly items: readonly LiveObject[];
}

interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  readonly object: LiveObject;
}

interface WatchError {
  readonly type: 'ERROR';
  readonly object: Status;
}

/** What happens after a version, until the server ends the watch. @throws ClusterError */
async function watchFrom(
  connection: ApiConnection,
  { query, ...place }: Pick<ApiRequest, 'path' | 'query' | 'accept'>,
  version: string,
  signal: AbortSignal,
): Promise<AsyncGenerator<WatchEvent>> {
  // A connection that broke without a word is noticed when the server should have ended the watch.
  const limit = AbortSignal.timeout((watchSeconds + 30) * 1000);
  const watch = { watch: 'true', resourceVersion: version, allowWatchBookmarks: 'true', timeoutSeconds: String(watchSeconds) };
  const lines = await connection.lines({ method: 'GET', ...place, query: { ...query, ...watch } }, AbortSignal.any([signal, limit]));
  return eventsOf(lines, () => limit.aborted && !signal.aborted);
}

async function* eventsOf(lines: AsyncIterable<string>, isOver: () => boolean): AsyncGenerator<WatchEvent> {
  try {
    for await (const line of lines) {
      const event = eventIn(line);
      if (event.type === 'ERROR')
        throw new ClusterError(event.object.code === 410 ? 'gone' : 'server', event.object.message ?? 'The watch ended with an error.');
      yield event;
    }
  } catch (error) {
    if (!isOver()) throw error;
  }
}

// A parser's error would quote what it could not read, which may be a Secret.
function eventIn(line: string): WatchEvent | WatchError {
  try {
    return JSON.parse(line) as WatchEvent | WatchError;
  } catch {
    throw new ClusterError('server', 'The watch broke off in the middle of an event.');
  }
}

function pauseAfter(failures: number, { kind, retryAfter }: ClusterError): number {
  // Rights and credentials change when a person changes them.
  const least =
    kind === 'forbidden' || kind === 'unauthorized' || kind === 'credentials' || kind === 'certificate' ? longestPause : firstPause;
  const doubled = Math.min(longestPause, least * 2 ** (failures - 1));
  return Math.max(retryAfter ?? 0, doubled * (0.75 + Math.random() / 2));
}
