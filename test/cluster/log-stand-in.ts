// Stands in for the node that pods run on, as far as their logs go: the API server asks it for them, and it gives what a test has written.
import { readFile } from 'node:fs/promises';
import { type Server, createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { ServerResponse } from 'node:http';
import type { Cluster } from './cluster.ts';

/** The node of the pods whose logs are written: their `spec.nodeName`. */
export const logNode = 'logs';

/** The logs of a cluster's pods. */
export interface LogStandIn extends AsyncDisposable {
  /** Adds a line to the log of a container, and gives it to those who follow the log. */
  write(container: string, line: string): void;
  /** Ends a container: who follows its log has seen all of it. */
  end(container: string): void;
}

interface Log {
  readonly lines: string[];
  readonly followers: Set<ServerResponse>;
  ended: boolean;
}

/** Makes the node known to the cluster, and answers for it until the result goes out of scope. Logs are told apart by their containers' names. */
export async function startLogStandIn({ api, folder }: Cluster): Promise<LogStandIn> {
  const logs = new Map<string, Log>();
  const logOf = (container: string): Log => {
    const log = logs.get(container) ?? { lines: [], followers: new Set<ServerResponse>(), ended: false };
    logs.set(container, log);
    return log;
  };
  const certificate = async (file: string): Promise<Buffer> => readFile(path.join(folder, 'certificates', file));
  const server = createServer(
    { cert: await certificate('apiserver.crt'), key: await certificate('apiserver.key') },
    (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'https://node');
      // /containerLogs/<namespace>/<pod>/<container>
      const log = logOf(pathname.split('/').at(-1) ?? '');
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.flushHeaders();
      for (const line of log.lines) response.write(line);
      if (log.ended || searchParams.get('follow') !== 'true') response.end();
      else log.followers.add(response);
    },
  );
  await listening(server);
  const kubeletEndpoint = { Port: (server.address() as AddressInfo).port };
  await api.apply(JSON.stringify({ apiVersion: 'v1', kind: 'Node', metadata: { name: logNode } }));
  await api.patchStatus(
    { apiVersion: 'v1', kind: 'Node', name: logNode, namespace: '' },
    { status: { addresses: [{ type: 'InternalIP', address: '127.0.0.1' }], daemonEndpoints: { kubeletEndpoint } } },
  );
  return {
    write(container, line) {
      const log = logOf(container);
      const text = `2026-01-01T00:00:00Z ${line}\n`;
      log.lines.push(text);
      for (const follower of log.followers) follower.write(text);
    },
    end(container) {
      const log = logOf(container);
      log.ended = true;
      for (const follower of log.followers) follower.end();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
}
