// Fetching what lies elsewhere: the user asks, the server does it, the editor shows how it goes.
import { type Disposable, type LogOutputChannel, ProgressLocation, commands, window } from 'vscode';
import { clearSources, fetchSources, sizeOfSources, sourceFetched } from '../../protocol/src/messages.ts';
import type { Server } from './server.ts';

/** Registers the commands: fetching for all files, or for the one whose URI it is given; removing what was fetched. */
export function registerFetching(server: Server, log: LogOutputChannel): Disposable[] {
  return [
    commands.registerCommand('drydock.fetchSources', (uri?: unknown) => fetchAll(server, log, typeof uri === 'string' ? uri : undefined)),
    commands.registerCommand('drydock.clearSources', () => clearAll(server)),
    server.listen(sourceFetched, ({ label }) => log.info(`Fetched ${label}`)),
  ];
}

async function clearAll(server: Server): Promise<void> {
  const bytes = await server.ask(sizeOfSources, null);
  if (bytes === 0) {
    void window.showInformationMessage('Drydock: there are no copies of sources.');
    return;
  }
  const question = `Remove the copies of all that was fetched? They take ${megabytes(bytes)}.`;
  const detail = 'All workspaces and the command line use them. What needs them renders again once it is fetched.';
  if ((await window.showWarningMessage(question, { modal: true, detail }, 'Remove')) !== 'Remove') return;
  await server.ask(clearSources, null);
  void window.showInformationMessage(`Drydock: the copies of all that was fetched are removed. That frees ${megabytes(bytes)}.`);
}

function megabytes(bytes: number): string {
  return bytes < 1e5 ? 'less than 0.1 MB' : `${(bytes / 1e6).toFixed(1)} MB`;
}

async function fetchAll(server: Server, log: LogOutputChannel, uri: string | undefined): Promise<void> {
  const options = { location: ProgressLocation.Notification, title: 'Drydock: fetching', cancellable: true };
  const { fetched, failures } = await window.withProgress(options, async (progress, token) => {
    const listening = server.listen(sourceFetched, ({ label }) => {
      progress.report({ message: label });
    });
    try {
      return await server.ask(fetchSources, uri === undefined ? {} : { uri }, token);
    } finally {
      listening.dispose();
    }
  });
  for (const failure of failures) log.warn(failure);
  const [first] = failures;
  if (first !== undefined) {
    const others = failures.length > 1 ? ` (and ${failures.length - 1} more)` : '';
    if (await window.showErrorMessage(`${first}${others}`, 'Show Log')) await commands.executeCommand('drydock.showLog');
  } else if (fetched.length === 0) {
    void window.showInformationMessage('Drydock: nothing is missing.');
  }
}
