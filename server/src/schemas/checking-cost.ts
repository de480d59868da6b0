// What a document costs to check: yaml-language-server compares each key of a mapping with all others, and walks through
// the document for each alias, so a few thousand in one place would keep everything else waiting for minutes.
import { isMap, visit } from 'yaml';
import type { YamlTree } from '../workspace/yaml-document.ts';

/** Documents that cost more are not checked; far beyond what an API server stores. */
export const costLimit = 1000;

/** Shorter texts, in UTF-16 code units, can't cost much unless they have aliases. */
export const cheapText = 15_000;

/** Roughly how many milliseconds it takes to check a document (measured on a busy laptop). */
export function checkingCost(tree: YamlTree): number {
  let nodes = 0;
  let aliases = 0;
  let comparisons = 0;
  visit(tree, {
    Node: (_key, node) => {
      nodes++;
      if (isMap(node)) comparisons += node.items.length ** 2;
    },
    Alias: () => {
      nodes++;
      aliases++;
    },
  });
  return nodes * 0.0075 + comparisons * 0.00002 + aliases * nodes * 0.0004;
}
