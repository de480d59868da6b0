import { type ObjectPipeline, type Pipeline, beginningOf, pipelineLabel } from '../model/pipeline.ts';
import type { Pipeline as PipelineChoice } from '../../../protocol/src/messages.ts';
import type { SourceFile } from '../workspace/source-file.ts';
import type { View } from '../model/view.ts';
import { baseName, directoryOf, isWithin, resolveFrom } from '../workspace/paths.ts';
import { declaredObject, kindOf } from '../model/object.ts';
import { existing, fileAt, folderOf } from '../workspace/snapshot.ts';
import { hasValues } from './has-values.ts';
import { groupOf } from '../workspace/kind-name.ts';
import { locate } from '../model/repository.ts';
import { overlaysOf } from '../model/reach.ts';
import { placeLabel } from './object-tree.ts';
import { plannerOf } from '../dialects/planners.ts';
import { previewUri } from '../model/preview-uri.ts';

/** The pipelines that a file takes part in, as a picker offers them. */
export function pipelineChoices(view: View, path: string): PipelineChoice[] {
  return pipelinesOf(view, path).map((pipeline) => ({
    preview: previewUri(pipeline),
    label: pipelineLabel(pipeline, (place) => placeLabel(view, place)),
    hasValues: hasValues(view, pipeline),
  }));
}

/** The pipelines that the file at `path` takes part in: the objects it declares, overlays and charts, objects that render those. */
export function pipelinesOf(view: View, path: string): Pipeline[] {
  const file = fileAt(view.graph.snapshot, path);
  const declared = file ? objectPipelines(file) : [];
  const overlays = overlaysOf(view.graph, path).map(({ directory }): Pipeline => ({ kind: 'kustomization', directory }));
  const chart = chartOf(view, path);
  const charts: Pipeline[] = chart === undefined ? [] : [{ kind: 'chart', chart, values: isLaidOver(chart, path) ? path : '' }];
  const places = [path, ...[...overlays, ...charts].map(beginningOf)];
  return [...declared, ...overlays, ...charts, ...deploying(view, places, path)];
}

/** The objects in a file that a controller renders. */
export function objectPipelines(file: SourceFile): ObjectPipeline[] {
  return pipelinesWithin({ kind: 'file', path: file.path }, file);
}

/** The objects in a rendering, which `file` is the text of, that a controller renders in turn. */
export function pipelinesWithin(within: ObjectPipeline['within'], file: SourceFile): ObjectPipeline[] {
  return file.documents.flatMap((placed): ObjectPipeline[] => {
    const kind = kindOf(placed, file.path);
    if (!kind || !plannerOf(groupOf(kind.apiVersion), kind.kind)) return [];
    const object = declaredObject(file, placed);
    if (!object) return [];
    const { group, namespace, name } = object;
    return [{ kind: 'object', group, objectKind: kind.kind, namespace, name, within }];
  });
}

/** The chart that a file is part of: the outermost folder above it with a Chart.yaml whose parents are no charts. */
export function chartOf({ graph }: View, path: string): string | undefined {
  const top = folderOf(graph.snapshot, path);
  let found: string | undefined;
  for (let at = directoryOf(path); top !== undefined && isWithin(top, at); at = directoryOf(at)) {
    if (existing(graph.snapshot, resolveFrom(at, 'Chart.yaml')) !== 'absent') found = at;
    // A chart's dependencies lie in its folder `charts`.
    else if (found !== undefined && baseName(at) !== 'charts') break;
  }
  return found;
}

/** Whether a file has values for a chart beside the chart's own: `values-production.yaml`. */
function isLaidOver(chart: string, path: string): boolean {
  return isWithin(chart, path) && /^values[-._].+\.ya?ml$/.test(baseName(path));
}

/** The objects, in other files, that deploy one of the folders or what holds one of them. */
function deploying(view: View, places: readonly string[], path: string): ObjectPipeline[] {
  const { graph, repositories } = view;
  const files = new Set(graph.objects((group, kind) => plannerOf(group, kind) !== undefined).map(({ file }) => file));
  return [...files].flatMap((file) => {
    if (file.path === path) return [];
    const references = graph.referencesFrom(file).filter(({ target }) => {
      if (target.kind !== 'repositoryPath') return false;
      const located = locate(graph, repositories, file, target.repository, target.path);
      return located !== undefined && places.some((place) => isWithin(located.path, place));
    });
    const holding = new Set(references.map(({ placed }) => placed));
    return objectPipelines({ ...file, documents: file.documents.filter((placed) => holding.has(placed)) });
  });
}
