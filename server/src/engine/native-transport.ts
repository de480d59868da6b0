// The native engine: a child process, spoken to over its standard input and output.
import { spawn } from 'node:child_process';
import { encodeFrame, FrameReader } from './frames.ts';
import type { FromEngine } from './messages.ts';
import type { Connect, Exit } from './transport.ts';

/** The exit code with which the engine ends itself when a render wants too much memory (engine/memory.go). */
const exitOutOfMemory = 86;
/** Go prints a stack for every goroutine when it crashes; the first ones tell why. */
const keptDetails = 16_384;

/**
 * Gives a function that starts the native engine.
 *
 * @param program Absolute path of the program.
 * @param memoryLimit Bytes of live memory at which it ends itself.
 */
export function nativeTransport(program: string, memoryLimit: number): Connect {
  return (events) => {
    const child = spawn(program, [`--memory-limit=${memoryLimit}`], { stdio: 'pipe', env: {}, windowsHide: true });
    let details = '';
    let ended = false;
    const end = (exit: Exit): void => {
      if (ended) return;
      ended = true;
      events.exit(exit);
    };
    const reader = new FrameReader<FromEngine>();
    child.stdout.on('data', (piece: Uint8Array) => {
      for (const frame of reader.push(piece)) if (!ended) events.message(frame);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (details.length < keptDetails) details += text;
    });
    child.stdin.on('error', () => {}); // the process ended; 'close' says how
    child.on('error', (error) => end({ reason: 'crash', message: `the engine can't be started: ${error.message}`, details: program }));
    child.on('close', (code, signal) => end(exitOf(code, signal, details)));
    return {
      send: (frame) => void child.stdin.write(encodeFrame(frame)),
      kill: () => {
        ended = true;
        child.kill('SIGKILL');
      },
    };
  };
}

function exitOf(code: number | null, signal: NodeJS.Signals | null, details: string): Exit {
  const reason = code === exitOutOfMemory || /out of memory|cannot allocate memory/.test(details) ? 'memory' : 'crash';
  const firstLine = details.split('\n', 1)[0]?.trim();
  return { reason, message: firstLine || `it ended with ${signal ?? `exit code ${code}`}`, details };
}
