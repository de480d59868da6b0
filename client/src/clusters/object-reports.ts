// What is to be known of an object of a cluster: why it is not synced, its conditions, its events, logs.
import { type CancellationToken, type LogOutputChannel, type OutputChannel, ProgressLocation, window } from 'vscode';
import {
  clusterConditions,
  clusterEvents,
  clusterExplanation,
  clusterLogLines,
  clusterLogs,
} from '../../../protocol/src/cluster-reports.ts';
import type { Request } from '../../../protocol/src/messages.ts';
import type { Server } from '../server.ts';
import { showReport } from './report.ts';

/** Explains why the object of a row is not synced. */
export function explain(server: Server, id: string, name: string): Promise<void> {
  return report(server, clusterExplanation, id, `Why Is ${name} Not Syncing?`);
}

/** Shows the conditions of the object of a row. */
export function showConditions(server: Server, id: string, name: string): Promise<void> {
  return report(server, clusterConditions, id, `Conditions of ${name}`);
}

/** Shows the events of a row's object or resource. */
export function showEvents(server: Server, id: string, name: string): Promise<void> {
  return report(server, clusterEvents, id, `Events of ${name}`);
}

async function report(server: Server, request: Request<{ readonly id: string }, string | null>, id: string, title: string): Promise<void> {
  const text = await window.withProgress({ location: ProgressLocation.Window, title }, () => server.ask(request, { id }));
  if (text === null) await window.showInformationMessage(`${title}: it is gone.`);
  else await showReport(title, id, text);
}

const channels = new Map<string, OutputChannel>();

/** Ends the channels of logs. */
export const logChannels = { dispose: (): void => channels.forEach((channel) => channel.dispose()) };

/** Follows the logs of a row's workload, or its controller's, in an output channel until the user cancels. */
export async function showLogs(
  server: Server,
  id: string,
  name: string,
  of: 'workload' | 'controller',
  log: LogOutputChannel,
): Promise<void> {
  const title = of === 'workload' ? `Logs of ${name}` : `Controller's Log of ${name}`;
  const channel = channels.get(title) ?? window.createOutputChannel(title, 'log');
  channels.set(title, channel);
  channel.clear();
  channel.show(true);
  const token = `${id} ${String(Date.now())}`;
  const listening = server.listen(clusterLogLines, (told) => {
    if (told.token === token) for (const line of told.lines) channel.appendLine(line);
  });
  const follow = async (cancellation: CancellationToken): Promise<void> => {
    try {
      const reason = await server.ask(clusterLogs, { id, of, token }, cancellation);
      channel.appendLine(reason === '' ? '(The log has ended.)' : reason);
    } catch (error) {
      if (cancellation.isCancellationRequested) channel.appendLine('(No longer followed.)');
      else log.error(`${title}: ${String(error)}`);
    } finally {
      listening.dispose();
    }
  };
  await window.withProgress(
    { location: ProgressLocation.Notification, title: `Following: ${title}`, cancellable: true },
    (_, cancellation) => follow(cancellation),
  );
}
