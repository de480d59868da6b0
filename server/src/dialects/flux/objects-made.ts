import type { PlacedDocument, SourceFile } from '../../workspace/source-file.ts';
import { type DeclaredObject, kindOf } from '../../model/object.ts';
import { itemsOf, nodeAt, textAt } from '../../workspace/yaml-path.ts';
import { groupOf } from '../../workspace/kind-name.ts';
import { sourceGroup } from './source-folder.ts';
import { treeOf } from '../../workspace/yaml-document.ts';

/** The ExternalArtifacts that an ArtifactGenerator makes, in its own namespace (source-watcher API v1beta1). */
export function objectsMade(file: SourceFile, placed: PlacedDocument): DeclaredObject[] {
  const declared = kindOf(placed, file.path);
  if (declared?.kind !== 'ArtifactGenerator' || groupOf(declared.apiVersion) !== 'source.extensions.fluxcd.io') return [];
  const tree = treeOf(placed.document);
  const namespace = textAt(tree, ['metadata', 'namespace'])?.value ?? '';
  return itemsOf(tree, nodeAt(tree, ['spec', 'artifacts'])).flatMap((artifact) => {
    const name = textAt(tree, ['name'], artifact);
    if (!name) return [];
    const apiVersion = `${sourceGroup}/v1`;
    return [{ apiVersion, kind: 'ExternalArtifact', group: sourceGroup, name: name.value, namespace, placed, span: name.span }];
  });
}
