// The worker thread that runs the WebAssembly engine, so that a long render does not stop the server. It is handed the
// compiled module first, then the host's messages; it hands back the engine's.
import { parentPort } from 'node:worker_threads';
import { type WasmInstance, instantiate } from './wasm-instance.ts';

/** From the host: the module first, then messages. */
export type ToWorker = WebAssembly.Module | Uint8Array;

/** From the worker: pieces of the engine's stream of messages, or its end. */
export type FromWorker = Uint8Array | { readonly failed: string; readonly stderr: string };

const port = parentPort;
if (!port) throw new Error('This file runs as a worker thread.');

let stderr = '';
let instance: WasmInstance | undefined;

port.on('message', (message: ToWorker) => {
  take(message).catch((error: unknown) => {
    port.postMessage({ failed: String(error), stderr } satisfies FromWorker);
    port.close();
  });
});

async function take(message: ToWorker): Promise<void> {
  if (!(message instanceof Uint8Array)) {
    instance = await instantiate(message, (text) => {
      stderr += text;
    });
    post(instance.start());
    return;
  }
  if (!instance) throw new Error('A message arrived before the module.');
  post(instance.handle(message));
  instance.rest();
}

function post(messages: Uint8Array<ArrayBuffer>): void {
  if (messages.length > 0) port?.postMessage(messages satisfies FromWorker, [messages.buffer]);
}
