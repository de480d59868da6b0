// One instance of the WebAssembly engine (engine/main_wasip1.go), driven by function calls. Nothing here is Node's own.
import { wasiImports } from './wasi.ts';

/** What the module exports. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  _initialize(): void;
  start(): bigint;
  room(size: number): number;
  handle(): bigint;
  rest(): void;
}

/** A running instance. Each call can throw, when the Go runtime ends; the instance is lost then. */
export interface WasmInstance {
  /** Gives the engine's first messages. */
  start(): Uint8Array<ArrayBuffer>;
  /** Takes one message, works until nothing can go on without the host, and gives the engine's messages. */
  handle(message: Uint8Array): Uint8Array<ArrayBuffer>;
  /** Cleans up, when nobody waits. */
  rest(): void;
}

/** Makes an instance. `stderr` takes what the Go runtime says when it ends. */
export async function instantiate(module: WebAssembly.Module, stderr: (text: string) => void): Promise<WasmInstance> {
  const imports = wasiImports({ memory: () => engine.memory.buffer, stderr });
  const instance = await WebAssembly.instantiate(module, imports);
  const engine = instance.exports as unknown as Exports;
  engine._initialize();
  const posted = (place: bigint): Uint8Array<ArrayBuffer> => {
    const address = Number(BigInt.asUintN(32, place >> 32n));
    const length = Number(BigInt.asUintN(32, place));
    return new Uint8Array(engine.memory.buffer, address, length).slice();
  };
  return {
    start: () => posted(engine.start()),
    handle: (message) => {
      const address = engine.room(message.length) >>> 0;
      new Uint8Array(engine.memory.buffer, address, message.length).set(message);
      return posted(engine.handle());
    },
    rest: () => engine.rest(),
  };
}
