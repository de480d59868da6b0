// Cleans up when this process ends, however it ends; the latest first, as with nested scopes.

const undos: (() => void)[] = [];

/** Something to be undone, once: by leaving the scope, or by the end of the process. */
export function atExit(undo: () => void): Disposable {
  // One listener for all: Node warns of many.
  if (!process.listeners('exit').includes(undoAll)) process.prependListener('exit', undoAll);
  const own = (): void => undo();
  undos.push(own);
  return {
    [Symbol.dispose]() {
      if (undos.includes(own)) undos.splice(undos.indexOf(own), 1);
      undo();
    },
  };
}

function undoAll(): void {
  for (let undo = undos.pop(); undo !== undefined; undo = undos.pop()) undo();
}

/** Makes Ctrl-C and a request to end go the ordinary way out, on which `atExit` is heard. A second one does not disturb it. */
export function exitOnSignals(): void {
  const codes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
  for (const [signal, code] of Object.entries(codes)) process.on(signal, () => process.exit(code));
}
