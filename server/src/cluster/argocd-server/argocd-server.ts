// Argo CD through its own API server (the REST gateway of argo-cd v3.2), for those who may not ask Kubernetes. What is read looks like
// Kubernetes' API to the rest of the room: the same lists and watches of the same objects.
import { type ApiConnection, type ApiRequest, Connection } from '../connection.ts';
import { ClusterError } from '../cluster-error.ts';
import type { LiveObject } from '../live-object.ts';
import { pauseFor } from '../pause.ts';
import { type ArgocdLogin, argocdConnectable, signingIn } from './login.ts';

/** The name that an Argo CD goes by among the contexts. */
export function argocdContextName(server: string): string {
  return `Argo CD ${server.replace(/^https?:\/\//, '').replace(/\/+$/, '')}`;
}

// Milliseconds between the end of a stream and the next, so that a server that ends them all is not asked without pause.
const betweenStreams = 1000;

/** An Argo CD, asked as one of its users. */
export class ArgocdServer implements ApiConnection {
  readonly #connection: Connection;
  readonly #login: () => ArgocdLogin;

  constructor(login: () => ArgocdLogin, timeout: () => number) {
    this.#login = login;
    this.#connection = new Connection({ load: () => argocdConnectable(login()), timeout });
  }

  /** Where it is, as `argocd --server` takes it: `argocd.example.com`. */
  get address(): string {
    return argocdContextName(this.#login().server).slice('Argo CD '.length);
  }

  /** Asks Argo CD's own API. @throws ClusterError; the reason of `signal`. */
  async ask<Answer>(request: ApiRequest, signal: AbortSignal): Promise<Answer> {
    try {
      return await this.#connection.json<Answer>(request, signal);
    } catch (error) {
      throw this.#inItsWords(error);
    }
  }

  /** Answers what Kubernetes' API would be asked about Argo CD's objects. */
  async json<Answer>(request: ApiRequest, signal: AbortSignal): Promise<Answer> {
    return (await this.#read(request, signal)) as Answer;
  }

  /** Answers a watch of Applications. It ends with `gone`, since Argo CD does not tell what happened before: they are listed again then. */
  async lines({ path, query = {} }: ApiRequest, signal: AbortSignal): Promise<AsyncGenerator<string, void, undefined>> {
    const { namespace } = placeIn(path, 'applications');
    const name = /^metadata\.name=(.+)$/.exec(query['fieldSelector'] ?? '')?.[1];
    try {
      const stream = await this.#connection.lines(
        { method: 'GET', path: '/api/v1/stream/applications', query: { name, appNamespace: namespace } },
        signal,
      );
      return eventsIn(stream, signal);
    } catch (error) {
      throw this.#inItsWords(error);
    }
  }

  renew(): void {
    this.#connection.renew();
  }

  async #read({ method, path, query = {} }: ApiRequest, signal: AbortSignal): Promise<unknown> {
    if (method !== 'GET') throw new ClusterError('forbidden', `Argo CD's API server changes nothing at ${path}.`);
    if (path === '/apis') return { groups: [{ name: 'argoproj.io', preferredVersion: { version: 'v1alpha1' }, versions: [] }] };
    if (path === '/apis/argoproj.io/v1alpha1') return { resources };
    const kind = Object.keys(readers).find((plural) => placesOf(plural).test(path));
    const reader = kind === undefined ? undefined : readers[kind];
    if (kind === undefined || !reader) throw new ClusterError('notFound', `Argo CD's API server does not have ${path}.`);
    const { namespace, name } = placeIn(path, kind);
    const fielded = /^metadata\.name=(.+)$/.exec(query['fieldSelector'] ?? '')?.[1];
    if (name !== undefined) return { ...typed(reader.kind), ...(await this.ask<object>(oneOf(reader.path, name, namespace), signal)) };
    if (fielded !== undefined) {
      const object = await this.ask<LiveObject>(oneOf(reader.path, fielded, namespace), signal).catch(absent);
      const items = object ? [{ ...typed(reader.kind), ...object }] : [];
      return { metadata: { resourceVersion: object?.metadata.resourceVersion ?? '0' }, items };
    }
    const list = await this.ask<ItsList>({ method: 'GET', path: reader.path }, signal);
    const items = (list.items ?? []).map((item) => ({ ...typed(reader.kind), ...item }));
    return { metadata: { resourceVersion: list.metadata?.resourceVersion || '0' }, items };
  }

  // What helps a user of kubectl does not help here.
  #inItsWords(error: unknown): unknown {
    if (!(error instanceof ClusterError)) return error;
    const { address } = this;
    const details = error.status ? { status: error.status } : {};
    if (error.kind === 'unauthorized')
      return new ClusterError('unauthorized', `${address} does not accept the sign-in (401): ${signingIn(address)}.`, details);
    if (error.kind === 'certificate')
      return new ClusterError(
        'certificate',
        `${error.message.replace(/ Name the authority.*$/, '')} Have argocd login ${address} accept it, or start the editor with NODE_EXTRA_CA_CERTS naming the authority that signed it.`,
        details,
      );
    return error;
  }
}

interface ItsList {
  readonly metadata?: { readonly resourceVersion?: string };
  readonly items?: readonly LiveObject[] | null;
}

const readers: Readonly<Record<string, { readonly kind: string; readonly path: string }>> = {
  applications: { kind: 'Application', path: '/api/v1/applications' },
  applicationsets: { kind: 'ApplicationSet', path: '/api/v1/applicationsets' },
  appprojects: { kind: 'AppProject', path: '/api/v1/projects' },
};

// Only Applications come as a stream.
const resources = Object.entries(readers).map(([name, { kind }]) => ({
  name,
  kind,
  namespaced: true,
  verbs: kind === 'Application' ? ['get', 'list', 'watch'] : ['get', 'list'],
}));

function typed(kind: string): { readonly apiVersion: string; readonly kind: string } {
  return { apiVersion: 'argoproj.io/v1alpha1', kind };
}

function placesOf(plural: string): RegExp {
  return new RegExp(`^/apis/argoproj\\.io/v1alpha1(?:/namespaces/([^/]+))?/${plural}(?:/([^/]+))?$`);
}

function placeIn(path: string, plural: string): { readonly namespace: string | undefined; readonly name: string | undefined } {
  const [, namespace, name] = placesOf(plural).exec(path) ?? [];
  const decoded = (part: string | undefined): string | undefined => (part === undefined ? undefined : decodeURIComponent(part));
  return { namespace: decoded(namespace), name: decoded(name) };
}

function oneOf(path: string, name: string, namespace: string | undefined): ApiRequest {
  const inNamespace = path.endsWith('applications')
    ? { appNamespace: namespace }
    : path.endsWith('sets')
      ? { appsetNamespace: namespace }
      : {};
  return { method: 'GET', path: `${path}/${encodeURIComponent(name)}`, query: inNamespace };
}

// Of what is not there Argo CD says, to those who may not know, that it is forbidden.
function absent(error: unknown): undefined {
  if (error instanceof ClusterError && (error.kind === 'notFound' || error.kind === 'forbidden')) return undefined;
  throw error;
}

/** The gateway's stream, of which each line is a message or an error, as the events of a watch of Kubernetes. */
async function* eventsIn(stream: AsyncIterable<string>, signal: AbortSignal): AsyncGenerator<string, void, undefined> {
  for await (const line of stream) {
    if (line.trim() === '') continue;
    const { result, error } = messageIn(line);
    if (error) throw new ClusterError('server', error.message ?? 'Argo CD has ended the stream with an error.');
    if (result) yield JSON.stringify({ type: result.type, object: { ...typed('Application'), ...result.application } });
  }
  await pauseFor(betweenStreams, signal);
  signal.throwIfAborted();
  throw new ClusterError('gone', 'Argo CD has ended the stream.');
}

// A parser's error would quote what it could not read.
function messageIn(line: string): StreamMessage {
  try {
    return JSON.parse(line) as StreamMessage;
  } catch {
    throw new ClusterError('server', "Argo CD's stream broke off in the middle of a message.");
  }
}

interface StreamMessage {
  readonly result?: { readonly type: string; readonly application: object };
  readonly error?: { readonly message?: string };
}
