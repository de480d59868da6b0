import type { Connection } from 'vscode-languageserver';
import type { Request } from '../../../protocol/src/messages.ts';

/** Registers the answer to one of Drydock's own requests. */
export type Answer = <Params, Result>(request: Request<Params, Result>, handler: (params: Params) => Result | Promise<Result>) => void;

/** Answers requests once `opened` has settled: when the workspace was looked through. */
export function answerer(connection: Connection, opened: Promise<void>): Answer {
  return ({ method }, handler) => {
    connection.onRequest(method, async (params: Parameters<typeof handler>[0]) => {
      await opened;
      return handler(params);
    });
  };
}
