// `drydock build`: kustomize's own output, of one folder or of a whole repository.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Settings, defaultSettings } from '../../protocol/src/options.ts';
import { fromNativePath, isWithin, relativeTo } from '../../server/src/workspace/paths.ts';
import type { OverlayRendering } from '../../server/src/session/renders.ts';
import type { Session } from '../../server/src/session/session.ts';
import { UsageError } from './usage-error.ts';
import { readArguments } from './arguments.ts';
import { replaceOutput, writeOutput } from './output.ts';
import { startSession } from './start-session.ts';

const restrictors = ['LoadRestrictionsRootOnly', 'LoadRestrictionsNone'] as const;

/** Runs the command; gives the exit code. */
export async function build(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args, {
    all: { type: 'boolean', default: false },
    output: { type: 'string', short: 'o' },
    'load-restrictor': { type: 'string', default: 'LoadRestrictionsRootOnly' },
  });
  const loadRestrictor = restrictors.find((name) => name === values['load-restrictor']);
  if (!loadRestrictor) throw new UsageError(`--load-restrictor is ${restrictors.join(' or ')}`);
  if (positionals.length > 1) throw new UsageError('build takes one folder');
  const settings: Settings = { ...defaultSettings, render: { ...defaultSettings.render, loadRestrictor } };
  const directory = path.resolve(positionals[0] ?? '.');
  const session = startSession(settings);
  try {
    if (!values.all) return await buildOne(session, directory, values.output);
    if (values.output === undefined) throw new UsageError('build --all needs -o <folder>');
    if (!existsSync(directory)) throw new UsageError(`${directory} does not exist`);
    const folder = path.resolve(values.output);
    // <path>.yaml may well be a manifest of the repository, as apps.yaml beside apps/.
    if (isWithin(fromNativePath(folder), fromNativePath(directory)))
      throw new UsageError(`-o ${values.output} would write among the repository's own files`);
    return await buildAll(session, directory, folder);
  } finally {
    session.dispose();
  }
}

async function buildOne(session: Session, directory: string, output: string | undefined): Promise<number> {
  const { yaml, failure, warnings } = await render(session, fromNativePath(directory));
  for (const warning of warnings) process.stderr.write(`${warning}\n`);
  if (failure !== undefined) {
    process.stderr.write(`Error: ${failure}\n`);
    return 1;
  }
  if (output === undefined) process.stdout.write(yaml ?? '');
  else await writeOutput(output, yaml ?? '');
  return 0;
}

async function buildAll(session: Session, repository: string, folder: string): Promise<number> {
  await session.openFolders([fromNativePath(repository)]);
  const kustomizations = session.view.graph.kustomizations().filter(({ directory }) => !directory.startsWith(`${fromNativePath(folder)}/`));
  const failures = await Promise.all(
    kustomizations.map(async ({ directory }) => {
      const relative = relativeTo(fromNativePath(repository), directory);
      // The repository's own folder has no name inside it.
      const target = path.join(folder, relative === '.' ? 'index' : relative);
      const { yaml, failure } = await render(session, directory);
      const [made, obsolete] = failure === undefined ? ['.yaml', '.err'] : ['.err', '.yaml'];
      await replaceOutput(target + made, failure === undefined ? (yaml ?? '') : `Error: ${failure}\n`, target + obsolete);
      return failure === undefined ? [] : [relative];
    }),
  );
  const failed = failures.flat();
  process.stderr.write(`Rendered ${kustomizations.length - failed.length} of ${kustomizations.length} kustomizations to ${folder}\n`);
  for (const relative of failed) process.stderr.write(`  ${relative} failed: see ${relative === '.' ? 'index' : relative}.err\n`);
  return failed.length === 0 ? 0 : 1;
}

async function render({ rendering }: Session, directory: string): Promise<OverlayRendering> {
  if (rendering.kind === 'off') throw new Error(rendering.reason);
  const outcome = await rendering.renders.render(directory, new AbortController().signal);
  if (!outcome) throw new Error('the render was cancelled, which nobody asked for');
  return outcome;
}
