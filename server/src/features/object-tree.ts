// The repository's GitOps objects as a tree, grouped as their tools group them.
import type { DeclaredObject } from '../model/object.ts';
import type { KustomizationFolder } from '../model/graph.ts';
import type { ObjectNode } from '../../../protocol/src/messages.ts';
import { type SourceFile, rangeOf } from '../workspace/source-file.ts';
import { directoryOf, relativeTo, uriOf } from '../workspace/paths.ts';
import { folderOf } from '../workspace/snapshot.ts';
import { plannerOf } from '../dialects/planners.ts';
import { previewUri } from '../model/preview-uri.ts';
import type { View } from '../model/view.ts';

interface Group {
  readonly id: string;
  readonly label: string;
  readonly group: RegExp;
  readonly kinds?: readonly string[];
}

const fluxSources = ['GitRepository', 'OCIRepository', 'HelmRepository', 'HelmChart', 'Bucket', 'ExternalArtifact', 'ArtifactGenerator'];

const groups: readonly Group[] = [
  { id: 'argocd', label: 'Argo CD', group: /^argoproj\.io$/, kinds: ['Application', 'ApplicationSet', 'AppProject'] },
  { id: 'flux', label: 'Flux', group: /^(kustomize|helm)\.toolkit\.fluxcd\.io$/ },
  { id: 'sources', label: 'Sources', group: /^source\.(toolkit|extensions)\.fluxcd\.io$/, kinds: fluxSources },
  { id: 'images', label: 'Image Automation', group: /^image\.toolkit\.fluxcd\.io$/ },
  { id: 'notifications', label: 'Notifications', group: /^notification\.toolkit\.fluxcd\.io$/ },
];

/**
 * The tree's first level with all below it; groups without objects are left out.
 *
 * @param problemsIn How many findings a file has.
 */
export function objectTree(view: View, problemsIn: (path: string) => number): ObjectNode[] {
  const objectGroups = groups.flatMap((group) => {
    const rows = objectsOf(view, group, problemsIn);
    return rows.length > 0 ? [heading(group.id, group.label, rows)] : [];
  });
  const folders = Map.groupBy(view.graph.kustomizations(), ({ kind }) => kind);
  const folderGroups = folderHeadings.flatMap(({ id, label, kind }) => {
    const rows = folders.get(kind)?.map((folder) => folderNode(view, folder, problemsIn)) ?? [];
    return rows.length > 0 ? [heading(id, label, rows)] : [];
  });
  return [...objectGroups, ...folderGroups];
}

const folderHeadings = [
  { id: 'overlays', label: 'Overlays', kind: 'Kustomization' },
  { id: 'components', label: 'Components', kind: 'Component' },
] as const;

function heading(id: string, label: string, children: readonly ObjectNode[]): ObjectNode {
  const problems = children.reduce((sum, child) => sum + child.problems, 0);
  return { id, label, description: String(children.length), kind: 'group', problems, children };
}

function objectsOf(view: View, { group: wanted, kinds }: Group, problemsIn: (path: string) => number): ObjectNode[] {
  const found = view.graph.objects((group, kind) => wanted.test(group) && (kinds?.includes(kind) ?? true));
  const nodes = found.map(({ file, object }): ObjectNode => ({
    id: `${object.group}/${object.kind}/${object.namespace}/${object.name}@${file.path}#${object.placed.start}`,
    label: object.name || '(unnamed)',
    description: whereWritten(view, file),
    kind: object.kind,
    location: { uri: file.uri, range: rangeOf(file, object.placed, object.span) },
    ...previewOf(file, object),
    problems: problemsIn(file.path),
    children: [],
  }));
  return nodes.sort((a, b) => a.kind.localeCompare(b.kind) || a.label.localeCompare(b.label) || a.id.localeCompare(b.id));
}

// What tells objects of one name apart: every cluster may have its own.
function whereWritten({ graph }: View, { path }: SourceFile): string {
  const folder = folderOf(graph.snapshot, path);
  return folder === undefined ? path : relativeTo(folder, path);
}

function folderNode(view: View, { directory, file, kind }: KustomizationFolder, problemsIn: (path: string) => number): ObjectNode {
  const label = placeLabel(view, directory);
  const start = { line: 0, character: 0 };
  return {
    id: `${kind}:${directory}`,
    label,
    description: '',
    kind: kind === 'Kustomization' ? 'overlay' : 'component',
    location: { uri: uriOf(file.path), range: { start, end: start } },
    ...(kind === 'Kustomization' ? { preview: previewUri({ kind: 'kustomization', directory }) } : {}),
    problems: problemsIn(file.path),
    children: [],
  };
}

function previewOf(file: SourceFile, { group, kind, namespace, name }: DeclaredObject): Pick<ObjectNode, 'preview'> {
  if (!plannerOf(group, kind)) return {};
  return { preview: previewUri({ kind: 'object', group, objectKind: kind, namespace, name, within: { kind: 'file', path: file.path } }) };
}

/** A folder or file as people name it: from the workspace folder on, with that folder's name where there are several. */
export function placeLabel({ graph }: View, directory: string): string {
  const folder = folderOf(graph.snapshot, directory);
  if (folder === undefined) return directory;
  const relative = relativeTo(folder, directory);
  return graph.snapshot.folders.length > 1 || relative === '.' ? relativeTo(directoryOf(folder), directory) : relative;
}
