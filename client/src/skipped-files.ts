// Tells the user, once and without a dialog, that files were left out and why.
import { type Disposable, type LogOutputChannel, Uri, commands, window, workspace } from 'vscode';
import { filesSkipped } from '../../protocol/src/messages.ts';
import type { Server } from './server.ts';

/** Shows the server's reports of files that it left out; the log has them one by one. */
export function reportSkippedFiles(server: Server, log: LogOutputChannel): Disposable {
  return server.listen(filesSkipped, ({ files }) => {
    const lines = files.map(({ uri, reason }) => `${workspace.asRelativePath(Uri.parse(uri))}: ${reason}`);
    const [first] = lines;
    if (first === undefined) return;
    for (const line of lines) log.warn(`Left out ${line}`);
    const message = lines.length === 1 ? `Drydock leaves out ${first}` : `Drydock leaves out ${lines.length} files: ${first}, …`;
    void window.showWarningMessage(message, 'Show Log').then((answer) => answer && commands.executeCommand('drydock.showLog'));
  });
}
