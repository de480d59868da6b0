import type { Pipeline } from '../model/pipeline.ts';
import type { View } from '../model/view.ts';
import { baseName, directoryOf } from '../workspace/paths.ts';
import { filesOf } from '../workspace/snapshot.ts';
import { chartOf, objectPipelines } from './pipelines-of.ts';

/** Everything that the files which `wanted` takes declare: kustomizations but for components, charts, and objects that controllers render. */
export function pipelinesIn(view: View, wanted: (path: string) => boolean): Pipeline[] {
  const folders = view.graph.kustomizations().filter(({ file, kind }) => kind === 'Kustomization' && wanted(file.path));
  const files = [...filesOf(view.graph.snapshot)].filter(({ path }) => wanted(path));
  return [
    ...folders.map(({ directory }) => ({ kind: 'kustomization', directory }) as const),
    ...files.flatMap(({ path }) => chartsOf(view, path)),
    ...files.flatMap(objectPipelines),
  ];
}

/** The chart whose Chart.yaml the file is; none for the charts within charts, which are rendered with those. */
function chartsOf(view: View, path: string): Pipeline[] {
  const chart = baseName(path) === 'Chart.yaml' ? chartOf(view, path) : undefined;
  return chart !== undefined && chart === directoryOf(path) ? [{ kind: 'chart', chart, values: '' }] : [];
}
