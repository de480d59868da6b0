// Where the command writes what it was asked for.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { getSystemErrorMessage } from 'node:util';

/** What was asked for cannot be written; the message says where and why. */
export class OutputError extends Error {}

/**
 * Writes `text` to `file`.
 *
 * @throws OutputError when the system refuses.
 */
export async function writeOutput(file: string, text: string): Promise<void> {
  await refusalsNamed(file, writeFile(file, text));
}

/**
 * Writes `text` to `file`, in folders that need not exist, and removes what an earlier run left at `obsolete`.
 *
 * @throws OutputError when the system refuses.
 */
export async function replaceOutput(file: string, text: string, obsolete: string): Promise<void> {
  await refusalsNamed(file, mkdir(path.dirname(file), { recursive: true }));
  await writeOutput(file, text);
  await refusalsNamed(obsolete, rm(obsolete, { force: true }));
}

async function refusalsNamed(file: string, act: Promise<unknown>): Promise<void> {
  try {
    await act;
  } catch (error) {
    const { errno } = error as NodeJS.ErrnoException;
    if (errno === undefined) throw error;
    throw new OutputError(`cannot write ${file}: ${getSystemErrorMessage(errno)}`);
  }
}
