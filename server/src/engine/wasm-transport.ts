// The WebAssembly engine: a worker thread, for platforms without a native one.
import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { encodeFrame, FrameReader } from './frames.ts';
import type { FromEngine } from './messages.ts';
import type { Connect, Exit } from './transport.ts';
import { limitMemory } from './wasm-memory.ts';
import type { FromWorker, ToWorker } from './wasm-worker.ts';

/**
 * Gives a function that starts the WebAssembly engine. The module is compiled once, with the first start.
 *
 * @param module Absolute path of the .wasm file.
 * @param worker The worker's script, as the caller's build made it from wasm-worker.ts.
 * @param memoryLimit Bytes of memory that it may take.
 */
export function wasmTransport(module: string, worker: string | URL, memoryLimit: number): Connect {
  let compiled: Promise<WebAssembly.Module> | undefined;
  return (events) => {
    const thread = new Worker(worker);
    let ended = false;
    const end = (exit: Exit): void => {
      if (ended) return;
      ended = true;
      void thread.terminate();
      events.exit(exit);
    };
    const reader = new FrameReader<FromEngine>();
    thread.on('message', (message: FromWorker) => {
      if (!(message instanceof Uint8Array)) return end(exitOf(message.failed, message.stderr));
      for (const frame of reader.push(message)) if (!ended) events.message(frame);
    });
    thread.on('error', (error: unknown) => end(exitOf(String(error), '')));
    thread.on('exit', (code) => end(exitOf(`its worker ended with exit code ${code}`, '')));
    const post = (message: ToWorker): void => thread.postMessage(message);

    compiled ??= readFile(module).then((bytes) => WebAssembly.compile(limitMemory(bytes, memoryLimit)));
    compiled.then(post, (error: unknown) => end(exitOf(`${module}: ${String(error)}`, '')));
    return {
      send: (frame) => post(encodeFrame(frame)),
      kill: () => {
        ended = true;
        void thread.terminate();
      },
    };
  };
}

function exitOf(message: string, details: string): Exit {
  const reason = /out of memory|cannot allocate memory/.test(details) ? 'memory' : 'crash';
  const firstLine = details.split('\n', 1)[0]?.trim();
  return { reason, message: firstLine || message, details: `${message}\n${details}` };
}
