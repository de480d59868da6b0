// The objects that Flux objects name in their fields.
import type { ParsedNode } from 'yaml';
import type { PlacedDocument, SourceFile } from '../../workspace/source-file.ts';
import type { ObjectName } from '../../model/pipeline.ts';
import type { Reference } from '../../model/reference.ts';
import { type YamlTree, treeOf } from '../../workspace/yaml-document.ts';
import { type ObjectField, groupOfKind, objectFields } from './object-fields.ts';
import { groupOf } from '../../workspace/kind-name.ts';
import { itemsOf, nodeAt, textAt } from '../../workspace/yaml-path.ts';
import { kindOf } from '../../model/object.ts';

/** The objects that a Flux object names, each where its name stands; none for other documents. */
export function objectReferences(file: SourceFile, placed: PlacedDocument): Reference[] {
  const declared = kindOf(placed, file.path);
  const fields = declared ? objectFields(groupOf(declared.apiVersion), declared.kind) : [];
  if (fields.length === 0) return [];
  const tree = treeOf(placed.document);
  const ownNamespace = textAt(tree, ['metadata', 'namespace'])?.value ?? '';
  return fields.flatMap((field) =>
    placesOf(tree, field.at).flatMap(({ at, node }): Reference[] => {
      const name = textAt(tree, ['name'], node);
      const target = name && objectNamed(tree, node, field, name.value, ownNamespace);
      return target ? [{ placed, span: name.span, field: `${at}.name`, text: name.value, target: { kind: 'object', ...target } }] : [];
    }),
  );
}

function objectNamed(tree: YamlTree, node: ParsedNode, field: ObjectField, name: string, ownNamespace: string): ObjectName | undefined {
  const kind = field.kind ?? textAt(tree, ['kind'], node)?.value ?? '';
  const apiVersion = textAt(tree, ['apiVersion'], node)?.value;
  const group = apiVersion === undefined ? groupOfKind(kind) : groupOf(apiVersion);
  const namespace = textAt(tree, ['namespace'], node)?.value ?? ownNamespace;
  // The Kustomization that applies this object may fill in variables; `*` is every object of the kind.
  if (group === undefined || name === '' || /\$\{|\{\{|\*/.test(`${name}${namespace}`)) return undefined;
  return { group, objectKind: kind, namespace, name };
}

interface PlaceOf {
  /** The field with the position in a list: `spec.dependsOn[0]`. */
  readonly at: string;
  readonly node: ParsedNode;
}

function placesOf(tree: YamlTree, path: string): PlaceOf[] {
  const [list = '', rest] = path.split('[]', 2);
  const node = nodeAt(tree, list.split('.'));
  if (!node) return [];
  if (rest === undefined) return [{ at: list, node }];
  return itemsOf(tree, node).flatMap((item, index) => {
    const inItem = nodeAt(tree, rest.split('.').filter(Boolean), item);
    return inItem ? [{ at: `${list}[${index}]${rest}`, node: inItem }] : [];
  });
}
