// Which object a command line means: by the file that it is written in, by kind and name, or by both.
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ObjectPipeline } from '../../server/src/model/pipeline.ts';
import type { Session } from '../../server/src/session/session.ts';
import { AmbiguousError, UsageError } from './usage-error.ts';
import { kustomizationFileNames } from '../../server/src/model/object.ts';
import { sourceFile } from '../../server/src/workspace/source-file.ts';
import { filesOf } from '../../server/src/workspace/snapshot.ts';
import { foldersAround } from './folders-around.ts';
import { fromNativePath, nativePath } from '../../server/src/workspace/paths.ts';
import { objectPipelines, pipelinesWithin } from '../../server/src/features/pipelines-of.ts';

/** What is asked for: a file, `kind/name`, or both. Further names are of objects in the rendering of the one before. */
export interface ObjectArguments {
  /** The command that asks, for what it suggests. */
  readonly command: 'build' | 'values';
  /** Native path of the file; undefined for anywhere in the repository. */
  readonly file: string | undefined;
  /** Each as `kind/name`. */
  readonly names: readonly string[];
  readonly namespace: string | undefined;
}

/** The object that arguments name, when they name one. */
export function namedObject(
  command: ObjectArguments['command'],
  positionals: readonly string[],
  namespace: string | undefined,
): ObjectArguments | undefined {
  const [first = '.', ...names] = positionals;
  const place = path.resolve(first);
  if (!existsSync(place))
    return positionals.length > 0 && positionals.every(isKindAndName)
      ? { command, file: undefined, names: positionals, namespace }
      : undefined;
  const isManifest = /\.(?:ya?ml|json)$/i.test(place) && statSync(place).isFile();
  return isManifest && !kustomizationFileNames.includes(path.basename(place)) ? { command, file: place, names, namespace } : undefined;
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
  const [name, ...deeper] = wanted.names;
  const where = wanted.file === undefined ? '' : path.relative(process.cwd(), wanted.file);
  const { command } = wanted;
  let found = theOne(command, files.flatMap(objectPipelines), name, wanted.namespace, where);
  for (const next of deeper) found = theOne(command, await renderedBy(session, found), next, undefined, written(found));
  return found;
}

function theOne(
  command: string,
  candidates: readonly ObjectPipeline[],
  kindAndName: string | undefined,
  inNamespace: string | undefined,
  where: string,
): ObjectPipeline {
  const [found, ...others] = candidates.filter(
    ({ objectKind, name, namespace }) =>
      (inNamespace === undefined || namespace === inNamespace) &&
      (kindAndName === undefined || `${objectKind}/${name}`.toLowerCase() === kindAndName.toLowerCase()),
  );
  const meant = [kindAndName, where].filter((part) => part !== undefined && part !== '').join(' in ');
  if (!found) throw new UsageError(`${meant} is no object that a controller renders`);
  if (others.length > 0) {
    const choices = [found, ...others].map((pipeline) => `  drydock ${command} ${written(pipeline)}`);
    throw new AmbiguousError(`${meant} may mean any of these:\n${choices.join('\n')}`);
  }
  return found;
}

async function renderedBy({ rendering }: Session, pipeline: ObjectPipeline): Promise<ObjectPipeline[]> {
  if (rendering.kind === 'off') throw new Error(rendering.reason);
  const outcome = await rendering.renders.render(pipeline, new AbortController().signal);
  return pipelinesWithin(pipeline, sourceFile('/rendering.yaml', outcome?.yaml ?? ''));
}

/** A pipeline as the command line names it. */
function written({ objectKind, name, namespace, within }: ObjectPipeline): string {
  if (within.kind === 'object') return `${written(within)} ${objectKind}/${name}`;
  const file = within.kind === 'file' ? `${path.relative(process.cwd(), nativePath(within.path))} ` : '';
  return `${file}${objectKind}/${name}${namespace === '' ? '' : ` -n ${namespace}`}`;
}
