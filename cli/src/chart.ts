// Charts on the command line: which paths are charts, and Helm's own options for them.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { capabilitiesAt } from '../../server/src/model/capabilities.ts';
import { type TemplateRequest, plainTemplate } from '../../server/src/engine/engine.ts';
import { kustomizationFileNames } from '../../server/src/model/object.ts';
import type { Pipeline } from '../../server/src/model/pipeline.ts';
import type { Session } from '../../server/src/session/session.ts';
import { fromNativePath } from '../../server/src/workspace/paths.ts';
import type { readArguments } from './arguments.ts';
import { UsageError } from './usage-error.ts';

/** Options that only charts have, as `helm template` names them; `--name` is the release, which Helm takes as an argument. */
export const chartOptions = {
  name: { type: 'string' },
  namespace: { type: 'string', short: 'n' },
  values: { type: 'string', short: 'f', multiple: true },
  set: { type: 'string', multiple: true },
  'set-string': { type: 'string', multiple: true },
  'include-crds': { type: 'boolean' },
} as const;

type ChartValues = ReturnType<typeof readArguments<typeof chartOptions>>['values'];

/** Whether `place` is a chart's folder, and no kustomization's, or a packaged chart. */
export function isChart(place: string): boolean {
  return place.endsWith('.tgz') || (existsSync(path.join(place, 'Chart.yaml')) && !isKustomization(place));
}

/** Whether `place` is a kustomization's folder. */
export function isKustomization(place: string): boolean {
  return kustomizationFileNames.some((name) => existsSync(path.join(place, name)));
}

/** The folder that is meant by it, or by the kustomization file in it. */
export function folderAt(place: string): string {
  return kustomizationFileNames.includes(path.basename(place)) ? path.dirname(place) : place;
}

/** What a chart or a kustomization renders. */
export function folderPipeline(directory: string): Pipeline {
  const place = fromNativePath(directory);
  return isChart(directory) ? { kind: 'chart', chart: place, values: '' } : { kind: 'kustomization', directory: place };
}

/** @throws UsageError when options were given that only charts have. */
export function refuseChartOptions(values: Readonly<Record<string, unknown>>): void {
  const given = Object.entries(values).find(([name, value]) => name in chartOptions && value !== undefined)?.[0];
  if (given !== undefined) throw new UsageError(`--${given} is for charts`);
}

/** What the options ask for; what is not given is Helm's default, but for the release, which is named after the chart. */
export function templateRequest({ view, settings }: Session, chart: string, values: ChartValues): TemplateRequest {
  return {
    ...plainTemplate(fromNativePath(chart)),
    ...(values.name === undefined ? {} : { release: values.name }),
    ...(values.namespace === undefined ? {} : { namespace: values.namespace }),
    valueFiles: (values.values ?? []).map((file) => fromNativePath(path.resolve(file))),
    set: values.set ?? [],
    setString: values['set-string'] ?? [],
    includeCRDs: values['include-crds'] ?? false,
    ...capabilitiesAt(view.graph.snapshot, settings(), fromNativePath(chart)),
  };
}
