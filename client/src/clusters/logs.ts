import { type CancellationToken, type Disposable, type LogOutputChannel, type OutputChannel, ProgressLocation, window } from 'vscode';
import { clusterLogLines, clusterLogs } from '../../../protocol/src/cluster-reports.ts';
import type { Server } from '../server.ts';

/** Whose log: of a workload's pods, or of the controller of an object. */
export type LogOf = 'workload' | 'controller';

/** Follows logs in output channels, one for each that was asked for, until the user cancels. */
export class ClusterLogs implements Disposable {
  readonly #server: Server;
  readonly #log: LogOutputChannel;
  readonly #channels = new Map<string, OutputChannel>();

  constructor(server: Server, log: LogOutputChannel) {
    this.#server = server;
    this.#log = log;
  }

  /** Shows a log and follows it; `id` is that of a row, `name` what titles call it. */
  async show(id: string, name: string, of: LogOf): Promise<void> {
    const title = of === 'workload' ? `Logs of ${name}` : `Controller's Log of ${name}`;
    const channel = this.#channels.get(title) ?? window.createOutputChannel(title, 'log');
    this.#channels.set(title, channel);
    channel.clear();
    channel.show(true);
    const token = `${id} ${String(Date.now())}`;
    const listening = this.#server.listen(clusterLogLines, (told) => {
      if (told.token === token) for (const line of told.lines) channel.appendLine(line);
    });
    const follow = async (cancellation: CancellationToken): Promise<void> => {
      try {
        const reason = await this.#server.ask(clusterLogs, { id, of, token }, cancellation);
        channel.appendLine(reason === '' ? '(The log has ended.)' : reason);
      } catch (error) {
        if (cancellation.isCancellationRequested) channel.appendLine('(No longer followed.)');
        else this.#log.error(`${title}: ${String(error)}`);
      } finally {
        listening.dispose();
      }
    };
    await window.withProgress(
      { location: ProgressLocation.Notification, title: `Following: ${title}`, cancellable: true },
      (_, cancellation) => follow(cancellation),
    );
  }

  dispose(): void {
    for (const channel of this.#channels.values()) channel.dispose();
  }
}
