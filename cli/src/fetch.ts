// `drydock fetch`: copies of what lies elsewhere, so that everything renders offline afterwards.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pipelinesIn } from '../../server/src/features/pipelines-in.ts';
import type { Pipeline } from '../../server/src/model/pipeline.ts';
import type { Session } from '../../server/src/session/session.ts';
import { fromNativePath, isWithin } from '../../server/src/workspace/paths.ts';
import { sourceLabel } from '../../server/src/engine/source.ts';
import { UsageError } from './usage-error.ts';
import { foldersAround } from './folders-around.ts';
import { readArguments } from './arguments.ts';
import { startSession } from './start-session.ts';

/** Runs the command; gives the exit code. */
export async function fetchCommand(args: string[]): Promise<number> {
  const { positionals } = readArguments(args, {});
  if (positionals.length > 1) throw new UsageError('fetch takes one folder or file');
  const place = path.resolve(positionals[0] ?? '.');
  if (!existsSync(place)) throw new UsageError(`${place} does not exist`);
  const top = fromNativePath(place);
  const session = await startSession([top], (settings) => settings);
  try {
    await session.openFolders(await foldersAround([top]));
    const wanted = (file: string): boolean => isWithin(top, file);
    const { fetched, failures } = await fetchFor(session, pipelinesIn(session.view, wanted));
    if (fetched === 0 && failures === 0) process.stderr.write('nothing is missing\n');
    return failures === 0 ? 0 : 1;
  } finally {
    session.dispose();
  }
}

/** Fetches what pipelines miss, and tells of each source, and of what can't be had, on standard error; gives how many of both. */
export async function fetchFor(session: Session, pipelines: readonly Pipeline[]): Promise<{ fetched: number; failures: number }> {
  let fetched = 0;
  const tell = (line: string): void => void process.stderr.write(`${line}\n`);
  const failures = await session.fetch(
    pipelines,
    (source, exact) => {
      fetched++;
      tell(`fetched ${sourceLabel(source)} (${exact})`);
    },
    new AbortController().signal,
  );
  for (const failure of failures) tell(failure);
  return { fetched, failures: failures.length };
}
