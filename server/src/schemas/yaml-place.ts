// Places in a syntax tree that findings point at.
import { isMap, isScalar } from 'yaml';
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
