// Where Argo CD objects point (Argo CD API v1alpha1).
import type { PlacedDocument, SourceFile } from '../../workspace/source-file.ts';
import { groupOf } from '../../workspace/kind-name.ts';
import { kindOf } from '../../model/object.ts';
import { itemsOf, nodeAt, textAt } from '../../workspace/yaml-path.ts';
import type { Reference } from '../../model/reference.ts';
import { type YamlTree, treeOf } from '../../workspace/yaml-document.ts';

// Where the spec of an Application stands in the kinds that hold one.
const applicationSpecs: ReadonlyMap<string, readonly string[]> = new Map([
  ['Application', ['spec']],
  ['ApplicationSet', ['spec', 'template', 'spec']],
]);

/** The folders that an Application, or an ApplicationSet's template without parameters, deploys, and its project. */
export function references(file: SourceFile, placed: PlacedDocument): Reference[] {
  const declared = kindOf(placed, file.path);
  const specPath = declared && groupOf(declared.apiVersion) === 'argoproj.io' ? applicationSpecs.get(declared.kind) : undefined;
  if (!specPath) return [];
  const tree = treeOf(placed.document);
  const spec = nodeAt(tree, specPath);
  const single = nodeAt(tree, ['source'], spec);
  const sources = [
    ...(single ? [{ field: 'source', node: single }] : []),
    ...itemsOf(tree, nodeAt(tree, ['sources'], spec)).map((node, index) => ({ field: `sources[${index}]`, node })),
  ];
  const folders = sources.flatMap(({ field, node }): Reference[] => {
    const path = textAt(tree, ['path'], node);
    const url = textAt(tree, ['repoURL'], node)?.value;
    if (!path || !url || isTemplate(path.value) || isTemplate(url)) return [];
    const target = {
      kind: 'repositoryPath',
      path: path.value,
      repository: { kind: 'url', url, revision: textAt(tree, ['targetRevision'], node)?.value },
    } as const;
    return [{ placed, span: path.span, field: `${[...specPath, field].join('.')}.path`, text: path.value, target }];
  });
  return [...folders, ...projectOf(placed, tree, specPath)];
}

// Projects are looked for in Argo CD's own namespace, which need not be that of the Application.
function projectOf(placed: PlacedDocument, tree: YamlTree, specPath: readonly string[]): Reference[] {
  const project = textAt(tree, [...specPath, 'project']);
  if (!project?.value || isTemplate(project.value)) return [];
  const { value: name, span } = project;
  const target = { kind: 'object', group: 'argoproj.io', objectKind: 'AppProject', namespace: '', name } as const;
  return [{ placed, span, field: [...specPath, 'project'].join('.'), text: name, target }];
}

function isTemplate(text: string): boolean {
  return text.includes('{{');
}
