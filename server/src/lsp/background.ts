import type { Connection } from 'vscode-languageserver';

/** Follows work that nobody waits for. `what` begins the line in the log when it fails: "a render". */
export type Background = (what: string, work: Promise<unknown>) => void;

/** A failure of work in the background is a bug: the log has it with its stack, and the server goes on. */
export function backgroundOf(connection: Connection): Background {
  return (what, work) => {
    work.catch((error: unknown) => logFailure(connection, what, error));
  };
}

/** Writes what only a developer can act on into the client's log, with its stack. */
export function logFailure({ console }: Connection, what: string, error: unknown): void {
  console.error(`${what} failed: ${error instanceof Error ? error.stack : String(error)}`);
}
