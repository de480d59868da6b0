// Starts the language server and carries the typed messages of protocol/ to and from it.
import { EventEmitter } from 'node:events';
import { type CancellationToken, type Disposable, type ExtensionContext, type LogOutputChannel, extensions, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  type Notification,
  type Request,
  filesSkipped,
  objectsChanged,
  previewChanged,
  sourceFetched,
} from '../../protocol/src/messages.ts';
import { clusterLogLines } from '../../protocol/src/cluster-reports.ts';
import { clusterActionProgress, clustersChanged, liveScheme } from '../../protocol/src/clusters.ts';
import type { InitializationOptions } from '../../protocol/src/options.ts';
import { renderedLanguage, renderedScheme } from '../../protocol/src/preview.ts';
import { schemasElsewhere } from './schemas-elsewhere.ts';

/** The running language server, as the rest of the client sees it. */
export interface Server {
  /** Settles when the server has answered `initialize`; rejects when it can't be started. */
  readonly ready: Promise<void>;
  /** Sends a request, after the server has started. Rejects with the server's message when it refuses. */
  ask<Params, Result>(request: Request<Params, Result>, params: Params, token?: CancellationToken): Promise<Result>;
  /** Calls `listener` on each such notification, also after a restart. */
  listen<Params>(notification: Notification<Params>, listener: (params: Params) => void): Disposable;
  /** Calls `listener` when the server was started again: what it was told before is forgotten. */
  onRestart(listener: () => void): Disposable;
  /** Ends the server and starts it again with the options of now. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  /** Sends a notification, after the server has started. */
  tell<Params>(notification: Notification<Params>, params: Params): Promise<void>;
}

// Among the names of notifications, which are told of in the same way.
const restarted = 'restarted';

/**
 * Starts the language server that lies beside the client's bundle. It is restarted when what it was started with
 * changes: trust in the workspace, the engine to use, or the schemas that another YAML extension brings.
 */
export function startServer(context: ExtensionContext, log: LogOutputChannel): Server {
  const received = new EventEmitter();
  const client = createClient(context, log, received);
  const ready = client.then((started) => started.start());
  ready.catch((error: unknown) => log.error(`The language server could not be started: ${String(error)}`));

  const server: Server = {
    ready,
    async ask<Params, Result>(request: Request<Params, Result>, params: Params, token?: CancellationToken) {
      await ready;
      // An argument that is undefined would be sent as a second parameter.
      return (await client).sendRequest<Result>(request.method, params, ...(token ? [token] : []));
    },
    listen<Params>(notification: Notification<Params>, listener: (params: Params) => void) {
      received.on(notification.method, listener);
      return { dispose: () => received.off(notification.method, listener) };
    },
    async tell<Params>(notification: Notification<Params>, params: Params) {
      await ready;
      await (await client).sendNotification(notification.method, params);
    },
    onRestart(listener) {
      received.on(restarted, listener);
      return { dispose: () => received.off(restarted, listener) };
    },
    async restart() {
      await ready.catch(() => undefined); // told above; it may start with other options
      await (await client).restart();
      received.emit(restarted);
    },
    async stop() {
      await (await client).stop();
    },
  };
  context.subscriptions.push(...restartWhenOptionsChange(server, log));
  return server;
}

// The import is a dynamic one so that reading the manifest of commands and views does not wait for the library.
async function createClient(context: ExtensionContext, log: LogOutputChannel, received: EventEmitter): Promise<LanguageClient> {
  const { LanguageClient, RevealOutputChannelOn, TransportKind } = await import('vscode-languageclient/node');
  const module = { module: context.asAbsolutePath('dist/server.cjs'), transport: TransportKind.ipc };
  const client = new LanguageClient(
    'drydock',
    'Drydock',
    { run: module, debug: { ...module, options: { execArgv: ['--nolazy', '--inspect=6009'] } } },
    {
      documentSelector: [
        // Not `git:` and other historic views: findings belong to what can be edited.
        { language: 'yaml', scheme: 'file' },
        { pattern: '**/Kustomization', scheme: 'file' },
        // Open previews are what the server keeps rendered.
        { language: renderedLanguage, scheme: renderedScheme },
        // While these are open, the server keeps what they show.
        { scheme: liveScheme },
      ],
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions,
    },
  );
  for (const { method } of [
    previewChanged,
    objectsChanged,
    filesSkipped,
    sourceFetched,
    clustersChanged,
    clusterActionProgress,
    clusterLogLines,
  ]) {
    client.onNotification(method, (params: unknown) => {
      received.emit(method, params);
    });
  }
  return client;
}

function initializationOptions(): InitializationOptions {
  return {
    trusted: workspace.isTrusted,
    engine: workspace.getConfiguration('drydock').get<'auto' | 'native' | 'wasm'>('engine', 'auto'),
    schemasElsewhere: schemasElsewhere(),
  };
}

function restartWhenOptionsChange(server: Server, log: LogOutputChannel): Disposable[] {
  let started = JSON.stringify(initializationOptions());
  const compare = () => {
    const now = JSON.stringify(initializationOptions());
    if (now === started) return;
    started = now;
    log.info('Restarting the language server: the options it is started with have changed.');
    server.restart().catch((error: unknown) => log.error(`The language server could not be restarted: ${String(error)}`));
  };
  return [workspace.onDidGrantWorkspaceTrust(compare), workspace.onDidChangeConfiguration(compare), extensions.onDidChange(compare)];
}
