// Which object a command line means: by the file that it is written in, by kind and name, or by both.
import path from 'node:path';
import type { ObjectPipeline } from '../../server/src/model/pipeline.ts';
import type { Session } from '../../server/src/session/session.ts';
import { AmbiguousError, UsageError } from './usage-error.ts';
import { filesOf } from '../../server/src/workspace/snapshot.ts';
import { foldersAround } from './folders-around.ts';
import { fromNativePath, nativePath } from '../../server/src/workspace/paths.ts';
import { objectPipelines } from '../../server/src/features/pipelines-of.ts';

/** What is asked for: a file, `kind/name`, or both. */
export interface ObjectArguments {
  /** Native path of the file; undefined for anywhere in the repository. */
  readonly file: string | undefined;
  readonly kindAndName: string | undefined;
  readonly namespace: string | undefined;
}

/** Whether an argument that is no path may be `kind/name`. */
export function isKindAndName(argument: string): boolean {
  return /^[A-Za-z]+\/[^/\\]+$/.test(argument);
}

/**
 * The one object that is meant. Opens the repository that holds the file, or the current folder, in the session.
 *
 * @throws UsageError when there is none, or when there are several, which it lists.
 */
export async function namedPipeline(session: Session, wanted: ObjectArguments): Promise<ObjectPipeline> {
  const place = fromNativePath(wanted.file ?? process.cwd());
  await session.openFolders(await foldersAround([place]));
  const files = [...filesOf(session.workspace.snapshot)].filter((file) => wanted.file === undefined || file.path === place);
  const [found, ...others] = files.flatMap(objectPipelines).filter((pipeline) => isMeant(pipeline, wanted));
  if (!found) throw new UsageError(`${nameOf(wanted)} is no object that a controller renders`);
  if (others.length > 0) {
    const choices = [found, ...others].map((pipeline) => `  drydock build ${written(pipeline)}`);
    throw new AmbiguousError(`${nameOf(wanted)} may mean any of these:\n${choices.join('\n')}`);
  }
  return found;
}

function isMeant({ objectKind, name, namespace }: ObjectPipeline, { kindAndName, namespace: given }: ObjectArguments): boolean {
  if (given !== undefined && namespace !== given) return false;
  return kindAndName === undefined || `${objectKind}/${name}`.toLowerCase() === kindAndName.toLowerCase();
}

function nameOf({ file, kindAndName }: ObjectArguments): string {
  const inFile = file === undefined ? '' : path.relative(process.cwd(), file);
  return [kindAndName, inFile].filter((part) => part !== undefined && part !== '').join(' in ');
}

function written({ objectKind, name, namespace, within }: ObjectPipeline): string {
  const file = within.kind === 'file' ? `${path.relative(process.cwd(), nativePath(within.path))} ` : '';
  return `${file}${objectKind}/${name}${namespace === '' ? '' : ` -n ${namespace}`}`;
}
