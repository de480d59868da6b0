// Which chart a HelmRelease installs, and where it is (helm-controller API v2, source-controller API v1).
import type { FoundObject, Planning, Refusal } from '../../model/planning.ts';
import { type YamlTree, treeOf } from '../../workspace/yaml-document.ts';
import { nodeAt, textAt } from '../../workspace/yaml-path.ts';
import { type SourceReference, mappedFolder, sourceFolder, sourceGroup } from './source-folder.ts';
import type { AssembledArtifact } from '../../engine/flux-source.ts';
import { sourceOf } from './assembled-artifact.ts';
import type { Source } from '../../engine/source.ts';
import { nearestObject } from '../../model/nearest-object.ts';
import type { ObjectIn } from '../../model/graph.ts';
import { resolveFrom } from '../../workspace/paths.ts';

/** A chart as the engine is told of it. */
export interface ChartOf {
  /** The HelmChart that `spec.chartRef` names; empty for other references. */
  readonly chartObject: string;
  /** The chart's folder or package in the workspace; empty when it lies elsewhere. */
  readonly chart: string;
  /** The folder of the Git repository that holds it; empty when it lies elsewhere. */
  readonly root: string;
  readonly source: Source | undefined;
  /** How the artifact is put together that holds it. */
  readonly artifact?: AssembledArtifact;
  readonly notes: readonly string[];
}

/** The chart of a HelmRelease: what `spec.chartRef` names, or what `spec.chart` describes. */
export async function chartOf(planning: Planning, found: FoundObject): Promise<ChartOf | Refusal> {
  const tree = treeOf(found.document);
  const reference = nodeAt(tree, ['spec', 'chartRef']);
  if (!reference) return describedChart(planning, found, tree, ['spec', 'chart', 'spec'], found.pipeline.namespace);
  const kind = textAt(tree, ['kind'], reference)?.value ?? '';
  const name = textAt(tree, ['name'], reference)?.value ?? '';
  const namespace = textAt(tree, ['namespace'], reference)?.value ?? found.pipeline.namespace;
  const mapped = mappedFolder(planning, found.file, { kind, namespace, name });
  if (mapped) return { chartObject: '', chart: mapped.root, root: '', source: undefined, notes: [] };
  if (kind === 'ExternalArtifact') return chartInArtifact(found, planning, { kind, namespace, name });
  const declared = nearestObject(planning.view.graph, found.file, { group: sourceGroup, objectKind: kind, namespace, name });
  if (!declared)
    return { refused: `${kind} ${name}, which spec.chartRef names, is not in this workspace, so nothing tells which chart it is.` };
  if (kind === 'OCIRepository') return artifactOf(declared);
  if (kind !== 'HelmChart') return { refused: `${kind} ${name}: what is in it can't be told from Git.` };
  const { document } = declared.object.placed;
  const described = describedChart(
    planning,
    { ...found, file: declared.file },
    treeOf(document),
    ['spec'],
    declared.object.namespace || namespace,
  );
  return 'refused' in described ? described : { ...described, chartObject: document.text };
}

async function chartInArtifact(found: FoundObject, planning: Planning, reference: SourceReference): Promise<ChartOf | Refusal> {
  const source = await sourceOf(found, planning, reference);
  if ('refused' in source) return source;
  const { artifact, notes } = source;
  return { chartObject: '', chart: '', root: '', source: undefined, ...(artifact ? { artifact } : {}), notes };
}

function describedChart(
  planning: Planning,
  { file }: FoundObject,
  tree: YamlTree,
  at: readonly string[],
  ownNamespace: string,
): ChartOf | Refusal {
  const spec = nodeAt(tree, at);
  const chart = textAt(tree, ['chart'], spec)?.value ?? '';
  const revision = textAt(tree, ['version'], spec)?.value ?? '';
  const kind = textAt(tree, ['sourceRef', 'kind'], spec)?.value ?? '';
  const name = textAt(tree, ['sourceRef', 'name'], spec)?.value ?? '';
  const namespace = textAt(tree, ['sourceRef', 'namespace'], spec)?.value ?? ownNamespace;
  if (kind !== 'HelmRepository') {
    const folder = sourceFolder(planning, file, { kind, namespace, name });
    if ('refused' in folder) return folder;
    const { root, source, notes } = folder;
    return root === ''
      ? { chartObject: '', chart: '', root, source, notes }
      : { chartObject: '', chart: resolveFrom(root, `.${resolveFrom('/', chart)}`), root, source: undefined, notes };
  }
  const declared = nearestObject(planning.view.graph, file, { group: sourceGroup, objectKind: kind, namespace, name });
  const repository = declared && treeOf(declared.object.placed.document);
  const url = repository && textAt(repository, ['spec', 'url'])?.value;
  if (!repository || url === undefined)
    return { refused: `HelmRepository ${name} is not declared in this workspace, so nothing tells where its charts are.` };
  const isOci = textAt(repository, ['spec', 'type'])?.value === 'oci' || url.startsWith('oci://');
  return elsewhere({ kind: isOci ? 'oci' : 'chart', url, name: chart, revision: revision === '*' ? '' : revision });
}

function artifactOf({ object }: ObjectIn): ChartOf | Refusal {
  const tree = treeOf(object.placed.document);
  const [, url, name] = /^(oci:\/\/.+)\/([^/]+)$/.exec(textAt(tree, ['spec', 'url'])?.value ?? '') ?? [];
  if (url === undefined || name === undefined) return { refused: `OCIRepository ${object.name} has no address of a chart in spec.url.` };
  const revision = ['digest', 'semver', 'tag'].flatMap((field) => textAt(tree, ['spec', 'ref', field])?.value ?? [])[0] ?? '';
  return elsewhere({ kind: 'oci', url, name, revision });
}

function elsewhere(source: Source): ChartOf {
  return { chartObject: '', chart: '', root: '', source, notes: [] };
}
