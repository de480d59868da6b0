// Where Flux objects point (kustomize-controller API v1, helm-controller API v2).
import type { PlacedDocument, SourceFile } from '../../workspace/source-file.ts';
import { groupOf } from '../../workspace/kind-name.ts';
import { kindOf } from '../../model/object.ts';
import type { Reference } from '../../model/reference.ts';
import { nodeAt, textAt } from '../../workspace/yaml-path.ts';
import { objectReferences } from './object-references.ts';
import { sourceGroup } from './source-folder.ts';
import { treeOf } from '../../workspace/yaml-document.ts';

/** The folder that a Flux Kustomization applies, when it comes from a GitRepository, and the objects that Flux objects name. */
export function references(file: SourceFile, placed: PlacedDocument): Reference[] {
  return [...appliedFolder(file, placed), ...objectReferences(file, placed)];
}

function appliedFolder(file: SourceFile, placed: PlacedDocument): Reference[] {
  const declared = kindOf(placed, file.path);
  if (declared?.kind !== 'Kustomization' || groupOf(declared.apiVersion) !== 'kustomize.toolkit.fluxcd.io') return [];
  const tree = treeOf(placed.document);
  const path = textAt(tree, ['spec', 'path']);
  const sourceRef = nodeAt(tree, ['spec', 'sourceRef']);
  const source = (field: string): string | undefined => textAt(tree, [field], sourceRef)?.value;
  if (!path || isSubstituted(path.value) || source('kind') !== 'GitRepository') return [];
  // An unset namespace means the Kustomization's own.
  const namespace = source('namespace') ?? textAt(tree, ['metadata', 'namespace'])?.value ?? '';
  const repository = { kind: 'object', group: sourceGroup, objectKind: 'GitRepository', namespace, name: source('name') ?? '' } as const;
  return [
    { placed, span: path.span, field: 'spec.path', text: path.value, target: { kind: 'repositoryPath', path: path.value, repository } },
  ];
}

// The Kustomization that applies this one may fill in variables.
function isSubstituted(text: string): boolean {
  return text.includes('${');
}
