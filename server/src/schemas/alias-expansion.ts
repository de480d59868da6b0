// A few lines of aliases can stand for billions of nodes. yaml-language-server follows each of them, so documents are
// measured first.
import { isAlias, isCollection, isPair } from 'yaml';
import { aliasTarget } from '../workspace/alias-target.ts';
import type { YamlTree } from '../workspace/yaml-document.ts';

/** Documents with more nodes, once aliases are followed, are not checked. */
export const aliasLimit = 100_000;

/** Whether it is worth parsing the text to measure it. */
export function mayHaveAliases(text: string): boolean {
  return /(?:^|[\s[{,])\*[^\s*]/.test(text);
}

/** How many nodes a document has when its aliases are followed; 0 without aliases, Infinity when one holds itself. */
export function aliasExpansion(tree: YamlTree): number {
  if (!hasAlias(tree.contents)) return 0;
  const sizes = new Map<unknown, number>();
  const open = new Set<unknown>();
  const size = (node: unknown): number => {
    if (isPair(node)) return size(node.key) + size(node.value);
    if (isAlias(node)) return size(aliasTarget(tree, node));
    if (!isCollection(node)) return 1;
    const known = sizes.get(node);
    if (known !== undefined) return known;
    if (open.has(node)) return Infinity;
    open.add(node);
    let sum = 1;
    for (const item of node.items) sum += size(item);
    open.delete(node);
    sizes.set(node, sum);
    return sum;
  };
  return size(tree.contents);
}

function hasAlias(node: unknown): boolean {
  if (isAlias(node)) return true;
  if (isPair(node)) return hasAlias(node.key) || hasAlias(node.value);
  return isCollection(node) && node.items.some(hasAlias);
}
