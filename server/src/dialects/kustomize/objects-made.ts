import type { PlacedDocument, SourceFile } from '../../workspace/source-file.ts';
import { type DeclaredObject, kindOf } from '../../model/object.ts';
import { itemsOf, nodeAt, textAt } from '../../workspace/yaml-path.ts';
import { treeOf } from '../../workspace/yaml-document.ts';

const generators = [
  { field: 'configMapGenerator', kind: 'ConfigMap' },
  { field: 'secretGenerator', kind: 'Secret' },
];

/**
 * The ConfigMaps and Secrets that a kustomization's generators make (kustomize api v0.21.2), under the name that is written: a hash may be
 * added to it.
 */
export function objectsMade(file: SourceFile, placed: PlacedDocument): DeclaredObject[] {
  if (!kindOf(placed, file.path)?.apiVersion.startsWith('kustomize.config.k8s.io/')) return [];
  const tree = treeOf(placed.document);
  const namespace = textAt(tree, ['namespace'])?.value ?? '';
  return generators.flatMap(({ field, kind }) =>
    itemsOf(tree, nodeAt(tree, [field])).flatMap((generator) => {
      const name = textAt(tree, ['name'], generator);
      if (!name) return [];
      const itsNamespace = textAt(tree, ['namespace'], generator)?.value ?? namespace;
      return [{ apiVersion: 'v1', kind, group: '', name: name.value, namespace: itsNamespace, placed, span: name.span }];
    }),
  );
}
