// Names of the repository's objects, where one is asked for.
import { type ParsedNode, isSeq } from 'yaml';
import type { PlacedDocument, SourceFile, Span } from '../workspace/source-file.ts';
import { groupOfKind, objectFields } from '../dialects/flux/object-fields.ts';
import { nodeAt, resolved, textAt, textOf } from '../workspace/yaml-path.ts';
import type { Graph } from '../model/graph.ts';
import type { Suggestion } from '../schemas/complete.ts';
import { type YamlTree, treeOf } from '../workspace/yaml-document.ts';
import { cursorPlace } from '../workspace/cursor-place.ts';
import { groupOf } from '../workspace/kind-name.ts';
import { kindOf } from '../model/object.ts';
import { nearestFirst } from '../model/nearest-object.ts';
import { objectsOfKind } from '../model/object-target.ts';
import { projectField } from '../dialects/argocd/references.ts';

/** LSP's CompletionItemKind.Reference. */
const referenceKind = 18;

/** The names that the field at an offset of a document may have, of the objects written nearest first; none where no name is asked for. */
export function objectNames(graph: Graph, file: SourceFile, placed: PlacedDocument, offset: number): Suggestion[] {
  const tree = treeOf(placed.document);
  const asked = askedAt(file, placed, tree, offset);
  if (!asked) return [];
  const { group, kind, namespace, written } = asked;
  const { all } = objectsOfKind(graph, group, kind);
  const fitting = all.filter(({ object }) => {
    const isThere = object.namespace === namespace || object.namespace === '' || namespace === '';
    return isThere && object.placed !== placed && object.name !== '';
  });
  const byName = Map.groupBy(nearestFirst(file, fitting), ({ object }) => object.name);
  const nearest = [...byName.values()].flatMap(([first]) => first ?? []);
  const span = written ?? { start: offset, end: offset };
  // `name:` and the cursor right behind it.
  const space = placed.document.text[span.start - 1] === ':' ? ' ' : '';
  return nearest.map(({ object }, index) => ({
    label: object.name,
    kind: referenceKind,
    span,
    text: `${space}${object.name.replace(/[$}\\]/g, '\\$&')}`,
    detail: object.namespace === '' ? kind : `${kind} in ${object.namespace}`,
    // Before the schema's.
    sortText: ` ${String(index).padStart(5, '0')}`,
    filterText: object.name,
  }));
}

interface Asked {
  readonly group: string;
  readonly kind: string;
  /** Empty for any. */
  readonly namespace: string;
  /** What is written so far. */
  readonly written: Span | undefined;
}

function askedAt(file: SourceFile, placed: PlacedDocument, tree: YamlTree, offset: number): Asked | undefined {
  const declared = kindOf(placed, file.path);
  const place = cursorPlace(placed.document.text, offset);
  if (!declared || place.kind !== 'value') return undefined;
  const path = dotted(place.path);
  const node = nodeAround(tree, place.path.slice(0, -1), offset);
  const value = textOf(nodeAt(tree, place.path.slice(-1), node));
  const written = value && value.span.start <= offset && offset <= value.span.end ? value.span : undefined;
  const ownGroup = groupOf(declared.apiVersion);
  if (path === projectField(ownGroup, declared.kind)?.join('.'))
    return { group: 'argoproj.io', kind: 'AppProject', namespace: '', written };
  const field = objectFields(ownGroup, declared.kind).find(({ at }) => path === `${at}.name`);
  if (!field) return undefined;
  const kind = field.kind ?? textAt(tree, ['kind'], node)?.value ?? '';
  const apiVersion = textAt(tree, ['apiVersion'], node)?.value;
  const group = apiVersion === undefined ? groupOfKind(kind) : groupOf(apiVersion);
  const namespace = textAt(tree, ['namespace'], node)?.value ?? textAt(tree, ['metadata', 'namespace'])?.value ?? '';
  return group === undefined ? undefined : { group, kind, namespace, written };
}

function dotted(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, step) => (typeof step === 'number' ? `${text}[]` : text === '' ? step : `${text}.${step}`), '');
}

// The cursor's place says of a list only that it is one.
function nodeAround(tree: YamlTree, path: readonly (string | number)[], offset: number): ParsedNode | undefined {
  let node: ParsedNode | undefined = resolved(tree, tree.contents);
  for (const step of path) {
    if (typeof step === 'string') node = nodeAt(tree, [step], node);
    else if (isSeq<ParsedNode>(node))
      node = resolved(
        tree,
        node.items.findLast(({ range }) => range[0] <= offset),
      );
    else return undefined;
  }
  return node;
}
