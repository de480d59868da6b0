// Where the editor enters: starts the server and puts the parts of the client together.
import { type ExtensionContext, commands, window } from 'vscode';
import { registerClusters } from './clusters/register.ts';
import { registerFetching } from './fetch-sources.ts';
import { registerObjectTree } from './object-tree.ts';
import { registerPreview } from './preview/register.ts';
import { type Server, startServer } from './server.ts';
import { reportSkippedFiles } from './skipped-files.ts';

let server: Server | undefined;

/** What other extensions and the end-to-end tests get. */
export interface Drydock {
  /** Settles when the language server has started. */
  readonly ready: Promise<void>;
}

/** Called by the editor once, on the first of `activationEvents`. Returns at once; the server starts behind it. */
export function activate(context: ExtensionContext): Drydock {
  const log = window.createOutputChannel('Drydock', { log: true });
  const running = startServer(context, log);
  server = running;
  context.subscriptions.push(
    log,
    commands.registerCommand('drydock.restartServer', () => running.restart()),
    commands.registerCommand('drydock.showLog', () => log.show()),
    ...registerPreview(context, running),
    ...registerObjectTree(running, log),
    ...registerClusters(context, running, log),
    reportSkippedFiles(running, log),
    ...registerFetching(running, log),
  );
  return { ready: running.ready };
}

/** Called by the editor when the window closes or the extension is disabled. */
export async function deactivate(): Promise<void> {
  await server?.stop();
}
