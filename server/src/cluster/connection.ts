// Requests to one cluster's API server: credentials, time limits, what is asked again.
import { setTimeout as pause } from 'node:timers/promises';
import type { KubeConfig, RequestContext, ResponseContext } from '@kubernetes/client-node';
import type * as Library from './kubernetes-client.ts';
import { ClusterError, answerError, requestError } from './cluster-error.ts';

/** One request to the API. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path below the server's URL, for example `/api/v1/namespaces`. */
  readonly path: string;
  /** What follows the `?`; undefined ones are left out. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Of the body; `application/json` when not given. */
  readonly contentType?: string;
  /** Of the answer, which is JSON in any case; `application/json` when not given. */
  readonly accept?: string;
}

/** What answers requests to the API of a cluster. */
export interface ApiConnection {
  /**
   * Asks and gives the answer's JSON.
   *
   * @throws ClusterError for everything that goes wrong; what `signal` gives as its reason when it ends the request.
   */
  json<Answer>(request: ApiRequest, signal: AbortSignal): Promise<Answer>;
  /**
   * Asks for an answer that goes on: a watch, or a log. The time limit is for its beginning only.
   *
   * @returns its lines, once it has begun; they end with an error when it breaks off.
   * @throws ClusterError as {@link json} does; the reason of `signal`.
   */
  lines(request: ApiRequest, signal: AbortSignal): Promise<AsyncGenerator<string, void, undefined>>;
  /** Reads the credentials anew for the next request. */
  renew(): void;
}

/** How a connection is made. */
export interface ConnectionOptions {
  /** Reads what connects, with the context as the current one; asked again when credentials were refused. Its errors are for people. */
  readonly load: () => Promise<KubeConfig>;
  /** Milliseconds that one answer may take. */
  readonly timeout: () => number;
}

// What a busy server asks for is waited for this often, and never longer than the time limit of the request.
const attempts = 5;

/** What asks one cluster as one user. Holds connections open between requests. */
export class Connection implements ApiConnection {
  readonly #options: ConnectionOptions;
  #credentials: Promise<Credentials> | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  async json<Answer>(request: ApiRequest, signal: AbortSignal): Promise<Answer> {
    const limit = AbortSignal.timeout(this.#options.timeout());
    const either = AbortSignal.any([signal, limit]);
    try {
      const response = await this.#ask(request, either);
      const { server } = await this.#connect();
      return parsed(await textOf(response, server, either), request) as Answer;
    } catch (error) {
      signal.throwIfAborted();
      throw limit.aborted ? await this.#tooSlow() : error;
    }
  }

  async lines(request: ApiRequest, signal: AbortSignal): Promise<AsyncGenerator<string, void, undefined>> {
    const tooLate = new AbortController();
    const limit = setTimeout(() => tooLate.abort(), this.#options.timeout());
    try {
      const { body } = await this.#ask(request, AbortSignal.any([signal, tooLate.signal]));
      const { server } = await this.#connect();
      // The library's types don't have what its code has.
      return linesOf((body as unknown as { stream(): ReadableStream<Uint8Array> | null }).stream(), server, signal);
    } catch (error) {
      signal.throwIfAborted();
      throw tooLate.signal.aborted ? await this.#tooSlow() : error;
    } finally {
      clearTimeout(limit);
    }
  }

  renew(): void {
    this.#credentials = undefined;
  }

  async #tooSlow(): Promise<ClusterError> {
    const { server } = await this.#connect();
    const seconds = Math.round(this.#options.timeout() / 1000);
    return new ClusterError(
      'timeout',
      `${server} did not answer within ${seconds} s (drydock.cluster.timeout): is the network or the VPN up?`,
    );
  }

  async #ask(request: ApiRequest, signal: AbortSignal): Promise<ResponseContext> {
    let renewed = false;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#send(request, signal);
      } catch (error) {
        if (signal.aborted || !(error instanceof ClusterError)) throw error;
        if (error.kind === 'unauthorized' && !renewed) {
          // A token may have ended, or a new one been written into the kubeconfig, since it was read.
          renewed = true;
          this.#credentials = undefined;
        } else if (error.retryAfter !== undefined && attempt < attempts) {
          await pause(error.retryAfter, undefined, { signal });
        } else throw error;
      }
    }
  }

  async #send(
    { method, path, query, body, contentType, accept = 'application/json' }: ApiRequest,
    signal: AbortSignal,
  ): Promise<ResponseContext> {
    const { server, config, library } = await this.#connect();
    const url = new URL(server + path);
    for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) url.searchParams.set(name, value);
    const context = new library.RequestContext(url.toString(), method);
    context.setHeaderParam('Accept', accept);
    if (body !== undefined) {
      context.setHeaderParam('Content-Type', contentType ?? 'application/json');
      context.setBody(JSON.stringify(body));
    }
    context.setSignal(signal);
    await this.#authenticate(config, context);
    const response = await new library.IsomorphicFetchHttpLibrary()
      .send(context)
      .toPromise()
      .catch((error: unknown) => {
        throw signal.aborted ? error : requestError(server, error);
      });
    if (response.httpStatusCode < 300) return response;
    throw answerError(server, response.httpStatusCode, await textOf(response, server, signal), response.headers['retry-after']);
  }

  // The library makes a new pool of connections for each request; the first is kept, so that requests share them.
  #pool: { readonly config: KubeConfig; readonly dispatcher: Parameters<RequestContext['setDispatcher']>[0] | undefined } | undefined;

  async #authenticate(config: KubeConfig, context: RequestContext): Promise<void> {
    try {
      await config.applySecurityAuthentication(context);
    } catch (error) {
      const said = error instanceof Error ? error.message.trim() : String(error);
      const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      throw new ClusterError(
        'credentials',
        `The credentials of the context '${config.getCurrentContext()}' can't be had: ${said}. ${missing ? 'Is what the kubeconfig names installed and on the PATH?' : 'Try the same with kubectl.'}`,
      );
    }
    if (this.#pool?.config !== config) this.#pool = { config, dispatcher: context.getDispatcher() };
    if (this.#pool.dispatcher) context.setDispatcher(this.#pool.dispatcher);
  }

  async #connect(): Promise<Credentials> {
    const credentials = (this.#credentials ??= this.#read());
    credentials.catch(() => {
      if (this.#credentials === credentials) this.#credentials = undefined;
    });
    return credentials;
  }

  async #read(): Promise<Credentials> {
    const library = await import('./kubernetes-client.ts');
    const config = await this.#options.load().catch((error: unknown) => {
      throw new ClusterError('credentials', error instanceof Error ? error.message : String(error));
    });
    return { library, config, server: config.getCurrentCluster()?.server ?? '' };
  }
}

// The server may go, or be ended, in the middle of an answer.
async function textOf({ body }: ResponseContext, server: string, signal: AbortSignal): Promise<string> {
  try {
    return await body.text();
  } catch (error) {
    throw signal.aborted ? error : requestError(server, error);
  }
}

// A parser's error would quote what it could not read, which may be a Secret.
function parsed(text: string, { path }: ApiRequest): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ClusterError('server', `The server's answer for ${path} is not JSON: is a proxy in between?`);
  }
}

interface Credentials {
  readonly library: typeof Library;
  readonly config: KubeConfig;
  readonly server: string;
}

async function* linesOf(
  stream: ReadableStream<Uint8Array> | null,
  server: string,
  signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  if (!stream) return;
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of stream) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw requestError(server, error);
  }
  if (rest !== '') yield rest;
}
