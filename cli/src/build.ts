// `drydock build`: kustomize's and Helm's own output, of one folder or of a whole repository.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { TemplateRequest } from '../../server/src/engine/engine.ts';
import { fromNativePath, isWithin, relativeTo } from '../../server/src/workspace/paths.ts';
import type { PipelineRendering, Renders } from '../../server/src/session/renders.ts';
import type { Pipeline } from '../../server/src/model/pipeline.ts';
import type { Session } from '../../server/src/session/session.ts';
import { UsageError } from './usage-error.ts';
import { clusterOptions, withCluster } from './cluster-options.ts';
import { fetchFor } from './fetch.ts';
import { readArguments } from './arguments.ts';
import { chartOptions, folderAt, folderPipeline, isChart, refuseChartOptions, templateRequest } from './chart.ts';
import { replaceOutput, writeOutput } from './output.ts';
import { namedObject, namedPipeline } from './named-pipeline.ts';
import { startSession } from './start-session.ts';

const restrictors = ['LoadRestrictionsRootOnly', 'LoadRestrictionsNone'] as const;

/** Runs the command; gives the exit code. */
export async function build(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args, {
    all: { type: 'boolean', default: false },
    fetch: { type: 'boolean', default: false },
    output: { type: 'string', short: 'o' },
    'enable-helm': { type: 'boolean' },
    'load-restrictor': { type: 'string' },
    ...clusterOptions,
    ...chartOptions,
  });
  const loadRestrictor = restrictors.find((name) => name === values['load-restrictor']);
  if (values['load-restrictor'] !== undefined && !loadRestrictor) throw new UsageError(`--load-restrictor is ${restrictors.join(' or ')}`);
  const directory = folderAt(path.resolve(positionals[0] ?? '.'));
  const object = values.all ? undefined : namedObject('build', positionals, values.namespace);
  if (!object && positionals.length > 1) throw new UsageError('build takes one folder, or a file and kind/name');
  const chart = !values.all && !object && isChart(directory);
  if (!chart) refuseChartOptions(object ? { ...values, namespace: undefined } : values);
  const session = await startSession([fromNativePath(object ? (object.file ?? process.cwd()) : directory)], (settings) => ({
    ...withCluster(settings, values),
    render: {
      ...settings.render,
      ...(loadRestrictor ? { loadRestrictor } : {}),
      ...(values['enable-helm'] === undefined ? {} : { enableHelm: values['enable-helm'] }),
    },
  }));
  try {
    if (object) {
      const pipeline = await namedPipeline(session, object);
      if (values.fetch) await fetchFor(session, [pipeline]);
      return await print(await render(session, pipeline), values.output);
    }
    if (!values.all && values.fetch) await fetchFor(session, [folderPipeline(directory)]);
    if (chart) return await print(await renderChart(session, templateRequest(session, directory, values)), values.output);
    if (!values.all) return await print(await render(session, folderPipeline(directory)), values.output);
    if (values.output === undefined) throw new UsageError('build --all needs -o <folder>');
    if (!existsSync(directory)) throw new UsageError(`${directory} does not exist`);
    const folder = path.resolve(values.output);
    // <path>.yaml may well be a manifest of the repository, as apps.yaml beside apps/.
    if (isWithin(fromNativePath(folder), fromNativePath(directory)))
      throw new UsageError(`-o ${values.output} would write among the repository's own files`);
    return await buildAll(session, directory, folder, values.fetch);
  } finally {
    session.dispose();
  }
}

/** What the tools print, and their exit code. */
async function print({ yaml, failure, warnings }: Printed, output: string | undefined): Promise<number> {
  for (const warning of warnings) process.stderr.write(`${warning}\n`);
  if (failure !== undefined) {
    process.stderr.write(`Error: ${failure}\n`);
    return 1;
  }
  if (output === undefined) process.stdout.write(yaml ?? '');
  else await writeOutput(output, yaml ?? '');
  return 0;
}

async function buildAll(session: Session, repository: string, folder: string, fetches: boolean): Promise<number> {
  await session.openFolders([fromNativePath(repository)]);
  const kustomizations = session.view.graph.kustomizations().filter(({ directory }) => !directory.startsWith(`${fromNativePath(folder)}/`));
  if (fetches)
    await fetchFor(
      session,
      kustomizations.map(({ directory }) => ({ kind: 'kustomization', directory })),
    );
  const failures = await Promise.all(
    kustomizations.map(async ({ directory }) => {
      const relative = relativeTo(fromNativePath(repository), directory);
      const target = path.join(folder, outputName(relative));
      const { yaml, failure } = await render(session, { kind: 'kustomization', directory });
      const [made, obsolete] = failure === undefined ? ['.yaml', '.err'] : ['.err', '.yaml'];
      await replaceOutput(target + made, failure === undefined ? (yaml ?? '') : `Error: ${failure}\n`, target + obsolete);
      return failure === undefined ? [] : [relative];
    }),
  );
  const failed = failures.flat();
  process.stderr.write(`Rendered ${kustomizations.length - failed.length} of ${kustomizations.length} kustomizations to ${folder}\n`);
  for (const relative of failed) process.stderr.write(`  ${relative} failed: see ${outputName(relative)}.err\n`);
  return failed.length === 0 ? 0 : 1;
}

// The repository's own folder has no name inside it.
function outputName(relative: string): string {
  return relative === '.' ? 'index' : relative;
}

type Printed = Pick<PipelineRendering, 'yaml' | 'failure' | 'warnings'>;

async function render(session: Session, pipeline: Pipeline): Promise<Printed> {
  const outcome = await rendersOf(session).render(pipeline, new AbortController().signal);
  if (!outcome) throw unasked;
  return outcome;
}

async function renderChart(session: Session, request: TemplateRequest): Promise<Printed> {
  const outcome = await rendersOf(session).ask({ op: 'template', render: request }, new AbortController().signal);
  switch (outcome.kind) {
    case 'rendered':
      return { yaml: outcome.yaml, failure: undefined, warnings: outcome.warnings };
    case 'failed':
      return { yaml: undefined, failure: outcome.message, warnings: outcome.warnings };
    case 'broken':
      return { yaml: undefined, failure: outcome.message, warnings: [] };
    case 'cancelled':
      throw unasked;
  }
}

const unasked = new Error('the render was cancelled, which nobody asked for');

function rendersOf({ rendering }: Session): Renders {
  if (rendering.kind === 'off') throw new Error(rendering.reason);
  return rendering.renders;
}
