// Finding places in a syntax tree: by the path of keys that leads to them, or by what stands at an offset.
import { type ParsedNode, isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Span } from './source-file.ts';
import type { YamlTree } from './yaml-document.ts';
import { aliasTarget } from './alias-target.ts';

/** Keys and list positions from a document's root to one of its nodes. */
export type YamlPath = readonly (string | number)[];

/** A text value and where it stands; quotes count to the span. */
export interface TextAt {
  readonly value: string;
  readonly span: Span;
}

/** A key of a mapping with its value (absent for `key:` and nothing behind it), and where the key stands. */
export interface EntryAt {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: ParsedNode | undefined;
}

/** The node behind an alias, the node itself otherwise. */
export function resolved(tree: YamlTree, node: unknown): ParsedNode | undefined {
  return (isAlias(node) ? aliasTarget(tree, node) : node) as ParsedNode | undefined;
}

/** The entries of a mapping with text keys, in their order; none when `node` is no mapping. */
export function entriesOf(tree: YamlTree, node: unknown): EntryAt[] {
  const map = resolved(tree, node);
  if (!isMap(map)) return [];
  return map.items.flatMap(({ key, value }) => {
    if (!isScalar(key)) return [];
    return [{ key: String(key.value), keySpan: { start: key.range[0], end: key.range[1] }, value: value ?? undefined }];
  });
}

/** The items of a list; none when `node` is no list. */
export function itemsOf(tree: YamlTree, node: unknown): ParsedNode[] {
  const list = resolved(tree, node);
  return isSeq(list) ? list.items : [];
}

/** The node at a path from the root of `tree`, or from `from`. */
export function nodeAt(tree: YamlTree, path: YamlPath, from: unknown = tree.contents): ParsedNode | undefined {
  let node = resolved(tree, from);
  for (const step of path) {
    const next = typeof step === 'number' ? itemsOf(tree, node)[step] : entriesOf(tree, node).find(({ key }) => key === step)?.value;
    node = resolved(tree, next);
  }
  return node;
}

/**
 * Where keys, or positions in lists, lead from the node at a path: the last of them that is written, and how many are; undefined when not even
 * the first is.
 */
export function keysFrom(tree: YamlTree, from: YamlPath, keys: YamlPath): { readonly span: Span; readonly depth: number } | undefined {
  let found: { span: Span; depth: number } | undefined;
  for (const [depth, key] of keys.entries()) {
    const around = nodeAt(tree, [...from, ...keys.slice(0, depth)]);
    const item = itemsOf(tree, around)[Number(key)];
    const span = item ? spanOf(item) : entriesOf(tree, around).find((entry) => entry.key === String(key))?.keySpan;
    if (!span) break;
    found = { span, depth: depth + 1 };
  }
  return found;
}

/** The scalar at a path, as the text it was written as. */
export function textAt(tree: YamlTree, path: YamlPath, from: unknown = tree.contents): TextAt | undefined {
  return textOf(nodeAt(tree, path, from));
}

/** A scalar node as text with its place; undefined for other nodes and for null. */
export function textOf(node: unknown): TextAt | undefined {
  if (!isScalar(node) || !node.range || node.value === null) return undefined;
  return {
    value: typeof node.value === 'string' ? node.value : (node.source ?? ''),
    span: { start: node.range[0], end: node.range[1] },
  };
}

/** Where a node stands; the document's first character when it does not know. */
export function spanOf(node: ParsedNode | undefined | null): Span {
  return node?.range ? { start: node.range[0], end: node.range[1] } : { start: 0, end: 0 };
}

/** What stands at an offset: the path to it, and the exact place of the key or scalar. */
export interface PathAt {
  readonly path: YamlPath;
  readonly span: Span;
  /** Whether the offset is on a key (the path ends with it) or in a value. */
  readonly on: 'key' | 'value';
}

/** The key or scalar at an offset from the document's start; undefined between them. */
export function pathAt(tree: YamlTree, offset: number): PathAt | undefined {
  const holds = (node: unknown): boolean => {
    const range = (node as Partial<ParsedNode> | null)?.range;
    return range !== undefined && range[0] <= offset && offset <= range[1];
  };
  const descend = (node: unknown, path: YamlPath): PathAt | undefined => {
    if (isMap(node)) {
      // A block value's range reaches to the next key, so keys are asked first.
      const onKey = node.items.find(({ key }) => holds(key));
      if (onKey)
        return isScalar(onKey.key)
          ? { path: [...path, String(onKey.key.value)], span: spanOf(onKey.key as ParsedNode), on: 'key' }
          : undefined;
      const around = node.items.find(({ value }) => holds(value));
      return around && isScalar(around.key) ? descend(around.value, [...path, String(around.key.value)]) : undefined;
    }
    if (isSeq(node)) {
      const index = node.items.findIndex(holds);
      return index < 0 ? undefined : descend(node.items[index], [...path, index]);
    }
    return holds(node) ? { path, span: spanOf(node as ParsedNode), on: 'value' } : undefined;
  };
  return descend(tree.contents, []);
}
