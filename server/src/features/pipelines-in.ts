import type { Pipeline } from '../model/pipeline.ts';
import type { View } from '../model/view.ts';
import { baseName, directoryOf } from '../workspace/paths.ts';
import { filesOf } from '../workspace/snapshot.ts';
import { objectPipelines } from './pipelines-of.ts';

/** Everything that the files declare which `wanted` takes: kustomizations but for components, and objects that controllers render. */
export function pipelinesIn({ graph }: View, wanted: (path: string) => boolean): Pipeline[] {
  const folders = graph.kustomizations().filter(({ file, kind }) => kind === 'Kustomization' && wanted(file.path));
  const files = [...filesOf(graph.snapshot)].filter(({ path }) => wanted(path));
  return [...folders.map(({ directory }) => ({ kind: 'kustomization', directory }) as const), ...files.flatMap(objectPipelines)];
}

/** The charts among the files that `wanted` takes, but for those that are part of another. */
export function chartsIn({ graph }: View, wanted: (path: string) => boolean): Pipeline[] {
  return [...filesOf(graph.snapshot)]
    .filter(({ path }) => baseName(path) === 'Chart.yaml' && baseName(directoryOf(directoryOf(path))) !== 'charts' && wanted(path))
    .map(({ path }) => ({ kind: 'chart', chart: directoryOf(path), values: '' }));
}
