// Which kinds a cluster's API has, and at which path each is.
import { ClusterError } from './cluster-error.ts';
import type { ApiConnection } from './connection.ts';

/** One kind of a cluster's API. */
export interface ApiResource {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** As it stands in paths: `deployments`. */
  readonly plural: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/** `group/version` as manifests write it. */
export function apiVersionOf({ group, version }: Pick<ApiResource, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}

/** The group of an `apiVersion`; empty for the core group. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** Path of all objects of a kind, those of one namespace, or one object. */
export function pathOf({ group, version, plural, namespaced }: ApiResource, namespace?: string, name?: string): string {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const within = namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${root}${within}/${plural}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;
}

/** What a cluster's API has, asked for once a group and version; groups come and go with their definitions. */
export class ApiResources {
  readonly #connection: ApiConnection;
  #groups: Promise<readonly ApiGroup[]> | undefined;
  readonly #lists = new Map<string, Promise<readonly ApiResource[]>>();

  constructor(connection: ApiConnection) {
    this.#connection = connection;
  }

  /** Forgets what was answered: definitions may have come or gone. */
  forget(): void {
    this.#groups = undefined;
    this.#lists.clear();
  }

  /**
   * The kind of that group and name, in the version given or, without one, in the version that the server prefers of those that have it.
   *
   * @returns undefined when the cluster does not have it.
   * @throws ClusterError when the cluster can't be asked.
   */
  async find(group: string, kind: string, version: string | undefined, signal: AbortSignal): Promise<ApiResource | undefined> {
    for (const wanted of version === undefined ? await this.#versions(group, signal) : [version]) {
      const found = (await this.list(group, wanted, signal)).find((each) => each.kind === kind);
      if (found) return found;
    }
    return undefined;
  }

  /** All kinds of a group and version; none when the cluster does not have them. */
  list(group: string, version: string, signal: AbortSignal): Promise<readonly ApiResource[]> {
    const path = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
    return remembered(this.#lists, path, async () => {
      const { resources } = await this.#connection
        .json<ApiResourceList>({ method: 'GET', path }, signal)
        .catch(absentIs({ resources: [] }));
      return resources
        .filter(({ name }) => !name.includes('/'))
        .map(({ name, kind, namespaced, verbs }) => ({ group, version, kind, plural: name, namespaced, verbs }));
    });
  }

  /** The versions of a group, the preferred one first; it need not have all kinds (Flux's Receiver is in v1, its Alert in v1beta3). */
  async #versions(group: string, signal: AbortSignal): Promise<readonly string[]> {
    if (group === '') return ['v1'];
    const asked = (this.#groups ??= this.#connection
      .json<{ readonly groups: readonly ApiGroup[] }>({ method: 'GET', path: '/apis' }, signal)
      .then(({ groups }) => groups));
    asked.catch(() => {
      if (this.#groups === asked) this.#groups = undefined;
    });
    const found = (await asked).find(({ name }) => name === group);
    if (!found) return [];
    return [...new Set([found.preferredVersion, ...found.versions].map(({ version }) => version))];
  }
}

interface ApiGroup {
  readonly name: string;
  readonly preferredVersion: { readonly version: string };
  readonly versions: readonly { readonly version: string }[];
}

interface ApiResourceList {
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
    readonly verbs: readonly string[];
  }[];
}

function absentIs<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (error instanceof ClusterError && error.kind === 'notFound') return value;
    throw error;
  };
}

// What failed is asked for again next time.
function remembered<Value>(known: Map<string, Promise<Value>>, key: string, ask: () => Promise<Value>): Promise<Value> {
  const before = known.get(key);
  if (before) return before;
  const asked = ask();
  known.set(key, asked);
  asked.catch(() => known.delete(key));
  return asked;
}
