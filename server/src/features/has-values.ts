// Which pipelines render charts, as far as their objects tell: their effective values can be asked for.
import { sourceFolders } from '../dialects/argocd/source-folders.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { Graph } from '../model/graph.ts';
import type { View } from '../model/view.ts';
import { existing, fileAt } from '../workspace/snapshot.ts';
import { resolveFrom } from '../workspace/paths.ts';
import type { PlacedDocument, SourceFile } from '../workspace/source-file.ts';
import { treeOf } from '../workspace/yaml-document.ts';
import { itemsOf, nodeAt, textAt } from '../workspace/yaml-path.ts';
import { writtenObject } from '../model/deployed.ts';

/** Whether a pipeline that files declare renders a chart. */
export function hasValues(view: View, pipeline: Pipeline): boolean {
  if (pipeline.kind === 'chart') return true;
  if (pipeline.kind === 'kustomization') return inflatesCharts(view.graph, pipeline.directory, new Set());
  const written = writtenObject(view.graph, pipeline);
  return written !== undefined && objectHasValues(view, written.file, written.object.placed);
}

/** Whether the kustomization in a folder asks for charts, or one that it includes does. */
function inflatesCharts(graph: Graph, directory: string, seen: Set<string>): boolean {
  const folder = graph.kustomizationAt(directory);
  if (!folder || seen.has(directory)) return false;
  seen.add(directory);
  const { file } = folder;
  if (file.documents.some(({ document }) => chartFields.some((field) => nodeAt(treeOf(document), [field])))) return true;
  return graph.referencesFrom(file).some(({ target }) => {
    if (target.kind !== 'path') return false;
    const generator = fileAt(graph.snapshot, target.path);
    if (generator?.documents.some(({ document }) => document.identity.kind === 'HelmChartInflationGenerator')) return true;
    return inflatesCharts(graph, target.path, seen);
  });
}

const chartFields: readonly string[] = ['helmCharts', 'helmChartInflationGenerator'];

/** Whether an object renders a chart: a HelmRelease does, and an Application with a source that is one. */
export function objectHasValues(view: View, file: SourceFile, { document }: PlacedDocument): boolean {
  if (document.identity.kind !== 'Application') return document.identity.kind === 'HelmRelease';
  const tree = treeOf(document);
  const several = itemsOf(tree, nodeAt(tree, ['spec', 'sources']));
  const folders = sourceFolders(view, file, tree);
  return (several.length > 0 ? several : [nodeAt(tree, ['spec', 'source'])]).some((source, index) => {
    if (!source) return false;
    if (nodeAt(tree, ['chart'], source) || nodeAt(tree, ['helm'], source)) return true;
    const root = folders[index]?.root ?? '';
    const path = textAt(tree, ['path'], source)?.value;
    if (root === '' || path === undefined) return false;
    return existing(view.graph.snapshot, resolveFrom(root, `${path}/Chart.yaml`)) === 'file';
  });
}
