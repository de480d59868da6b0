// Which pipelines render charts, as far as their objects tell: their effective values can be asked for.
import { sourceFolders } from '../dialects/argocd/source-folders.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { View } from '../model/view.ts';
import { existing } from '../workspace/snapshot.ts';
import { resolveFrom } from '../workspace/paths.ts';
import type { PlacedDocument, SourceFile } from '../workspace/source-file.ts';
import { treeOf } from '../workspace/yaml-document.ts';
import { itemsOf, nodeAt, textAt } from '../workspace/yaml-path.ts';
import { writtenObject } from '../model/deployed.ts';

/** Whether a pipeline that files declare renders a chart. */
export function hasValues(view: View, pipeline: Pipeline): boolean {
  if (pipeline.kind !== 'object') return pipeline.kind === 'chart';
  const written = writtenObject(view.graph, pipeline);
  return written !== undefined && objectHasValues(view, written.file, written.object.placed);
}

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
