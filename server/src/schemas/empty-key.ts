import { isNode, isScalar, visit } from 'yaml';
import type { SchemaFinding } from './finding.ts';
import type { YamlTree } from '../workspace/yaml-document.ts';

/** The first key of a document that is nothing (`: value`, `null: value`) as a finding; undefined when there is none. */
export function emptyKey(tree: YamlTree): SchemaFinding | undefined {
  let found: SchemaFinding | undefined;
  visit(tree, {
    Pair: (_key, { key, value }) => {
      if (key !== null && !(isScalar(key) && key.value === null)) return undefined;
      const [start, end] = (isScalar(key) ? key : isNode(value) ? value : undefined)?.range ?? [0, 0];
      const message = 'The key is missing in front of the `:`.';
      found = { start, end: Math.max(end, start + 1), code: 'yaml-syntax', severity: 'error', message, path: [] };
      return visit.BREAK;
    },
  });
  return found;
}
