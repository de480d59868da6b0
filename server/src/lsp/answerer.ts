import type { CancellationToken, Connection } from 'vscode-languageserver';
import type { Request } from '../../../protocol/src/messages.ts';
import { signalOf } from './signal-of.ts';

/** Registers the answer to one of Drydock's own requests; the signal is aborted when the client takes it back. */
export type Answer = <Params, Result>(
  request: Request<Params, Result>,
  handler: (params: Params, signal: AbortSignal) => Result | Promise<Result>,
) => void;

/** Answers requests once `opened` has settled: when the workspace was looked through. */
export function answerer(connection: Connection, opened: Promise<void>): Answer {
  return ({ method }, handler) => {
    connection.onRequest(method, async (params: Parameters<typeof handler>[0], token: CancellationToken) => {
      await opened;
      return handler(params, signalOf(token));
    });
  };
}
