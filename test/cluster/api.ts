// Requests to an API server as one of its users, as few as tests need, and as they are: no library between a test and the server.
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { parseAllDocuments } from 'yaml';
import type { Server, User } from './access.ts';

/** An object of the cluster, as JSON. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly labels?: Readonly<Record<string, string>>;
    readonly uid?: string;
    readonly generation?: number;
    readonly resourceVersion?: string;
    readonly deletionTimestamp?: string;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
  };
  readonly [field: string]: unknown;
}

/** What the API server answered. */
export interface Answer {
  readonly status: number;
  /** The parsed body: the object, or a Status that says what is wrong. Plain text stays text. */
  readonly body: unknown;
}

/** Which object is meant. */
export interface ObjectName {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Empty for objects of the cluster. */
  readonly namespace: string;
}

/** An API server as one user sees it. */
export interface Api {
  /** Sends a request. Rejects only when there is no answer. */
  request(method: string, path: string, body?: RequestBody): Promise<Answer>;
  /** Applies all objects of a YAML text by server-side apply, one after the other, as `kubectl apply --server-side --force-conflicts`. */
  apply(yaml: string): Promise<void>;
  /** The object, or undefined when it is not there, or its kind is not. */
  get(object: ObjectName): Promise<KubernetesObject | undefined>;
  /** All objects of a kind, in a namespace or (empty) everywhere. */
  list(apiVersion: string, kind: string, namespace: string): Promise<readonly KubernetesObject[]>;
  /** Merges `patch` into an object (RFC 7386). */
  patch(object: ObjectName, patch: unknown): Promise<void>;
  /** As {@link Api.patch}, of its status. */
  patchStatus(object: ObjectName, patch: unknown): Promise<void>;
  /** Deletes an object; what it owns goes in the background. */
  remove(object: ObjectName): Promise<void>;
}

interface RequestBody {
  readonly type: string;
  readonly content: unknown;
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

const fieldManager = 'kubectl';
/** Milliseconds without an answer after which a request is given up. */
const timeout = 60_000;
/** A connection that was kept has ended before the server could read the request. */
const endedMeanwhile = new Error('The connection has ended.');
const patience = 60_000;
const interval = 250;

/** Gives the API of a server that has started, for a user. Its connections end when nobody uses them. */
export function apiOf(server: Server, user: User): Api {
  const agent = new Agent({ ca: readFileSync(server.authority), keepAlive: true });
  const headers = { authorization: `Bearer ${user.token}`, accept: 'application/json' };

  const send = (method: string, path: string, body?: RequestBody): Promise<Answer> =>
    sendOnce(method, path, body).catch((error: unknown) => {
      if (error !== endedMeanwhile) throw error;
      return send(method, path, body);
    });
  const sendOnce = (method: string, path: string, body?: RequestBody): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const type = body === undefined ? {} : { 'content-type': body.type };
      const sent = request(`${server.url}${path}`, { method, agent, timeout, headers: { ...headers, ...type } }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('error', reject).on('end', () => resolve({ status: response.statusCode ?? 0, body: parsed(text) }));
      });
      const fail = (error: NodeJS.ErrnoException): void =>
        reject(sent.reusedSocket && error.code === 'ECONNRESET' ? endedMeanwhile : error);
      sent.on('error', fail).on('timeout', () => sent.destroy(new Error(`${method} ${path}: no answer`)));
      sent.end(body === undefined ? undefined : JSON.stringify(body.content));
    });

  // A server that has just learned a kind asks for patience.
  const ask = async (method: string, path: string, body?: RequestBody): Promise<Answer> => {
    for (const deadline = Date.now() + patience; ;) {
      const answer = await send(method, path, body);
      const busy = answer.status === 429 || answer.status >= 500;
      if (!busy || Date.now() > deadline) return answer;
      await new Promise((resolve) => setTimeout(resolve, interval));
    }
  };

  const succeed = async (method: string, path: string, body?: RequestBody): Promise<unknown> => {
    const answer = await ask(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };

  const known = new Map<string, Resource>();
  const resourceOf = async (apiVersion: string, kind: string): Promise<Resource | undefined> => {
    const key = `${apiVersion} ${kind}`;
    const before = known.get(key);
    if (before) return before;
    const { status, body } = await ask('GET', groupPath(apiVersion));
    if (status === 404) return undefined;
    if (status >= 300) throw new Error(`${groupPath(apiVersion)}: ${status} ${JSON.stringify(body)}`);
    const { resources } = body as { readonly resources: readonly Resource[] };
    const found = resources.find((resource) => resource.kind === kind && !resource.name.includes('/'));
    if (found) known.set(key, found);
    return found;
  };

  const pathOf = async ({ apiVersion, kind, name, namespace }: ObjectName): Promise<string> => {
    const resource = await resourceOf(apiVersion, kind);
    if (resource === undefined) throw new Error(`The cluster knows no ${kind} of ${apiVersion}.`);
    return `${collection(apiVersion, resource, namespace)}/${name}`;
  };

  const merge = (content: unknown): RequestBody => ({ type: 'application/merge-patch+json', content });

  return {
    request: send,
    async apply(yaml) {
      for (const document of parseAllDocuments(yaml)) {
        const object = document.toJS() as KubernetesObject | null;
        if (object === null) continue;
        const { apiVersion, kind, metadata } = object;
        const path = await pathOf({ apiVersion, kind, name: metadata.name, namespace: metadata.namespace ?? '' });
        const query = `?fieldManager=${fieldManager}&force=true`;
        await succeed('PATCH', path + query, { type: 'application/apply-patch+yaml', content: object });
      }
    },
    async get(object) {
      const resource = await resourceOf(object.apiVersion, object.kind);
      if (resource === undefined) return undefined;
      const { status, body } = await ask('GET', `${collection(object.apiVersion, resource, object.namespace)}/${object.name}`);
      if (status === 404) return undefined;
      if (status >= 300) throw new Error(`${object.kind} ${object.name}: ${status} ${JSON.stringify(body)}`);
      return body as KubernetesObject;
    },
    async list(apiVersion, kind, namespace) {
      const resource = await resourceOf(apiVersion, kind);
      if (resource === undefined) return [];
      const { items } = (await succeed('GET', collection(apiVersion, resource, namespace))) as {
        readonly items: readonly KubernetesObject[];
      };
      return items.map((item) => ({ ...item, apiVersion, kind })); // the items of a list do not say it
    },
    async patch(object, patch) {
      await succeed('PATCH', await pathOf(object), merge(patch));
    },
    async patchStatus(object, patch) {
      await succeed('PATCH', `${await pathOf(object)}/status`, merge(patch));
    },
    async remove(object) {
      await succeed('DELETE', await pathOf(object));
    },
  };
}

/** The path of a kind's objects, for who lists and watches them. */
function collection(apiVersion: string, resource: Resource, namespace: string): string {
  const place = resource.namespaced && namespace !== '' ? `/namespaces/${namespace}` : '';
  return `${groupPath(apiVersion)}${place}/${resource.name}`;
}

function groupPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
