// Places in a syntax tree that findings point at.
import { isMap, isNode, isScalar, isSeq } from 'yaml';
import type { Span } from '../workspace/source-file.ts';
import type { YamlTree } from '../workspace/yaml-document.ts';
import { nodeAt, type YamlPath } from '../workspace/yaml-path.ts';

/** Where the key of a field stands, or for a list's item, the first key inside it. */
export function keySpan(tree: YamlTree, path: YamlPath): Span | undefined {
  const last = path.at(-1);
  const map = nodeAt(tree, typeof last === 'number' ? path : path.slice(0, -1));
  if (!isMap(map)) return undefined;
  const pair = typeof last === 'number' ? map.items[0] : map.items.find(({ key }) => isScalar(key) && String(key.value) === last);
  const range = isScalar(pair?.key) ? pair.key.range : undefined;
  return range ? { start: range[0], end: range[1] } : undefined;
}

/** A scalar's value as text. */
export function scalarText(node: unknown): string | undefined {
  return isScalar(node) ? String(node.value) : undefined;
}

/** A key or a value that begins at some offset. */
export interface NodePlace {
  readonly path: YamlPath;
  readonly end: number;
}

/** The keys and values that begin at an offset, outermost first. */
export function placesAt(tree: YamlTree, offset: number): NodePlace[] {
  const places: NodePlace[] = [];
  const look = (node: unknown, path: YamlPath): void => {
    if (!isNode(node) || !node.range || offset < node.range[0] || offset > node.range[2]) return;
    if (node.range[0] === offset) places.push({ path, end: node.range[1] });
    if (isSeq(node)) node.items.forEach((item, index) => look(item, [...path, index]));
    if (!isMap(node)) return;
    for (const { key, value } of node.items) {
      if (!isScalar(key)) continue;
      const inside = [...path, String(key.value)];
      look(key, inside);
      look(value, inside);
    }
  };
  look(tree.contents, []);
  return places;
}

/** The path of the key or value that fills a span; of the innermost one that begins there, when none ends there. */
export function pathOf(tree: YamlTree, { start, end }: Span): YamlPath | undefined {
  const places = placesAt(tree, start);
  return (places.find((place) => place.end === end) ?? places.at(-1))?.path;
}
