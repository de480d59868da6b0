// The system that Go's runtime finds in WebAssembly (WASI preview 1): the program's name, clocks, randomness, and standard error for its last
// words. No files, no network, no environment. Nothing here is Node's own, so that it serves in a browser's worker too.

/** Thrown out of the module when its runtime ends. */
export class ProcExit extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`the WebAssembly engine ended with exit code ${code}`);
    this.code = code;
  }
}

/** What the module's imports need that exists only once the module is there. */
export interface System {
  /** The module's memory, now: its buffer is another one after it grew. */
  readonly memory: () => ArrayBuffer;
  /** Takes what the runtime writes to standard error. */
  readonly stderr: (text: string) => void;
}

// Error numbers and layouts of WASI preview 1.
const success = 0;
const badFile = 8;
const notSupported = 52;
const stderrFile = 2;
const characterDevice = 2;
const subscriptionSize = 48;
const eventSize = 32;
const clockEvent = 0;
const randomChunk = 65_536;

const programName = new TextEncoder().encode('engine\0');
const decoder = new TextDecoder();

/**
 * Makes the import object of a Go module. A function that this leaves out answers "not supported".
 *
 * Pointers arrive as signed 32-bit numbers, so each is made unsigned before use.
 */
export function wasiImports(system: System): WebAssembly.Imports {
  const view = (): DataView => new DataView(system.memory());
  const bytes = (at: number, length: number): Uint8Array<ArrayBuffer> => new Uint8Array(system.memory(), at >>> 0, length >>> 0);
  const setSize = (at: number, value: number): void => view().setUint32(at >>> 0, value, true);

  const functions: Record<string, (...args: number[]) => number> = {
    // Go's libraries take it for granted that a program has a name.
    args_sizes_get: (count = 0, size = 0) => (setSize(count, 1), setSize(size, programName.length), success),
    args_get: (pointers = 0, at = 0) => {
      setSize(pointers, at >>> 0);
      bytes(at, programName.length).set(programName);
      return success;
    },
    environ_sizes_get: (count = 0, size = 0) => (setSize(count, 0), setSize(size, 0), success),
    environ_get: () => success,
    clock_time_get: (clock, _precision, at = 0) => {
      const milliseconds = clock === 0 ? Date.now() : performance.now();
      view().setBigUint64(at >>> 0, BigInt(Math.round(milliseconds * 1e6)), true);
      return success;
    },
    random_get: (at = 0, length = 0) => {
      const target = bytes(at, length);
      for (let done = 0; done < target.length; done += randomChunk) crypto.getRandomValues(target.subarray(done, done + randomChunk));
      return success;
    },
    fd_write: (file, vectors = 0, count = 0, written = 0) => {
      let total = 0;
      for (let index = 0; index < count; index++) {
        const at = (vectors >>> 0) + index * 8;
        const length = view().getUint32(at + 4, true);
        if (file === stderrFile) system.stderr(decoder.decode(bytes(view().getUint32(at, true), length)));
        total += length;
      }
      setSize(written, total);
      return success;
    },
    fd_fdstat_get: (file = 0, at = 0) => {
      if (file > stderrFile) return badFile;
      bytes(at, 24).fill(0);
      view().setUint8(at >>> 0, characterDevice);
      return success;
    },
    fd_prestat_get: () => badFile,
    // Go waits only when no goroutine can run, which never lasts here: every wait is over at once.
    poll_oneoff: (subscriptions = 0, events = 0, count = 0, ready = 0) => {
      let found = 0;
      for (let index = 0; index < count; index++) {
        const at = (subscriptions >>> 0) + index * subscriptionSize;
        if (view().getUint8(at + 8) !== clockEvent) continue;
        const event = (events >>> 0) + found++ * eventSize;
        bytes(event, eventSize).fill(0);
        view().setBigUint64(event, view().getBigUint64(at, true), true);
      }
      setSize(ready, found);
      return success;
    },
    sched_yield: () => success,
    proc_exit: (code = 0) => {
      throw new ProcExit(code);
    },
  };
  const answering = new Proxy(functions, { get: (target, name) => target[String(name)] ?? (() => notSupported), has: () => true });
  return { wasi_snapshot_preview1: answering };
}
