// `drydock values`: the values that charts are rendered with, each with the line it comes from.
import path from 'node:path';
import { valuesText } from '../../server/src/features/annotated-values.ts';
import { type Pipeline, pipelineLabel } from '../../server/src/model/pipeline.ts';
import { type EffectiveValues, effectiveValues, plannedValues } from '../../server/src/session/effective-values.ts';
import { copyLabel } from '../../server/src/session/file-label.ts';
import type { Session } from '../../server/src/session/session.ts';
import { fromNativePath } from '../../server/src/workspace/paths.ts';
import { UsageError } from './usage-error.ts';
import { chartOptions, folderAt, folderPipeline, isChart, isKustomization, refuseChartOptions, templateRequest } from './chart.ts';
import { fetchFor } from './fetch.ts';
import { namedObject, namedPipeline } from './named-pipeline.ts';
import { readArguments } from './arguments.ts';
import { relativePath } from './relative-path.ts';
import { clusterOptions, withCluster } from './cluster-options.ts';
import { startSession } from './start-session.ts';
import { writeOutput } from './output.ts';

/** Runs the command; gives the exit code. */
export async function values(args: string[]): Promise<number> {
  const { values: options, positionals } = readArguments(args, {
    fetch: { type: 'boolean', default: false },
    output: { type: 'string', short: 'o' },
    ...clusterOptions,
    ...chartOptions,
  });
  const object = namedObject('values', positionals, options.namespace);
  const place = folderAt(path.resolve(positionals[0] ?? '.'));
  if (object) refuseChartOptions({ ...options, namespace: undefined });
  else if (positionals.length > 1 || !(isChart(place) || isKustomization(place)))
    throw new UsageError('values takes a chart, a kustomization with helmCharts, a file and kind/name, or kind/name');
  const chart = !object && isChart(place);
  if (!object && !chart) refuseChartOptions(options);
  const session = await startSession([fromNativePath(object ? (object.file ?? process.cwd()) : place)], (settings) =>
    withCluster(settings, options),
  );
  try {
    const pipeline = object ? await namedPipeline(session, object) : folderPipeline(place);
    if (options.fetch) await fetchFor(session, [pipeline]);
    const nameOf = (file: string): string => copyLabel(session, file) ?? relativePath(file);
    const signal = new AbortController().signal;
    const request = { op: 'template', render: templateRequest(session, place, options) } as const;
    const told = chart
      ? await plannedValues(session, pipeline, { request, notes: [], secrets: [], configs: [] }, nameOf, signal)
      : await effectiveValues(session, pipeline, nameOf, signal);
    return await print(session, pipeline, told, options.output);
  } finally {
    session.dispose();
  }
}

async function print(session: Session, pipeline: Pipeline, told: EffectiveValues | undefined, output: string | undefined): Promise<number> {
  if (!told) throw new Error('the values were cancelled, which nobody asked for');
  const label = pipelineLabel(pipeline, (file) => copyLabel(session, file) ?? (relativePath(file) || '.'));
  if (told.kind === 'unknown') {
    process.stderr.write(`Error: the values of ${label} can't be told: ${told.reason}\n`);
    return 1;
  }
  const text = valuesText(label, told.notes, told.charts);
  if (output === undefined) process.stdout.write(text);
  else await writeOutput(output, text);
  return 0;
}
