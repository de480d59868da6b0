// What a command line prints: that of a real tool, and what the engine's outcome amounts to.
import { spawn } from 'node:child_process';
import type { Outcome } from '../../server/src/engine/engine.ts';

/** What a run of a command line gave. */
export interface CommandOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

/** Runs a program to its end. `input` is its standard input. */
export function outputOf(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  input = '',
): Promise<CommandOutput> {
  const child = spawn(program, args, { env });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  child.stdin.on('error', () => {}); // a program that fails early does not read it
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ ...output, status }));
  });
}

/** What the command line would print. */
export function asCommandOutput(outcome: Outcome): CommandOutput {
  switch (outcome.kind) {
    case 'rendered':
      return { stdout: outcome.yaml, stderr: lines(outcome.warnings), status: 0 };
    case 'failed':
      return { stdout: '', stderr: lines([...outcome.warnings, `Error: ${outcome.message}`]), status: 1 };
    case 'broken':
      return { stdout: '', stderr: outcome.message.replace('kustomize crashed on this input', 'panic'), status: 2 };
    case 'cancelled':
      throw new Error('Nobody cancelled this render.');
  }
}

/** The difference between two outputs, for people; undefined when there is none. */
export function differenceOf(ours: CommandOutput, theirs: CommandOutput): string | undefined {
  if (ours.stdout === theirs.stdout && ours.stderr === theirs.stderr && ours.status === theirs.status) return undefined;
  return `--- engine\n${show(ours)}\n--- command\n${show(theirs)}`;
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}

function show({ stdout, stderr, status }: CommandOutput): string {
  return `${stdout}${stderr}exit status ${status}`;
}
