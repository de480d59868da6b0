// Something that answers like an API server, and badly when a test wants it to.
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Connection } from './connection.ts';

/** A server on a free port, and a connection to it. */
export interface ApiInTest extends AsyncDisposable {
  readonly connection: Connection;
  /** Requests so far, as `GET /path?query`. */
  readonly requests: readonly string[];
}

/** Starts it; it ends with the block that uses it. */
export async function apiInTest(answer: RequestListener, timeout = 5000): Promise<ApiInTest> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { KubeConfig } = await import('./kubernetes-client.ts');
  const load = () => {
    const config = new KubeConfig();
    config.loadFromClusterAndUser({ name: 'c', server: `http://127.0.0.1:${port}`, skipTLSVerify: true }, { name: 'u', token: 't' });
    return Promise.resolve(config);
  };
  return {
    connection: new Connection({ load, timeout: () => timeout }),
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers with JSON. */
export function send(response: ServerResponse, code: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(code, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** The query of a request. */
export function queryOf({ url }: IncomingMessage): URLSearchParams {
  return new URL(url ?? '', 'http://server').searchParams;
}
