import { type Alias, type Node, isAlias, visit } from 'yaml';
import type { YamlTree } from './yaml-document.ts';

const known = new WeakMap<YamlTree, ReadonlyMap<Alias, Node>>();

/**
 * The node that an alias stands for: the last one with its anchor before it; undefined when there is none. All aliases
 * of a tree are resolved in one walk: the library's own `resolve` walks the tree for each.
 */
export function aliasTarget(tree: YamlTree, alias: Alias): Node | undefined {
  const targets = known.get(tree) ?? targetsIn(tree);
  known.set(tree, targets);
  return targets.get(alias);
}

function targetsIn(tree: YamlTree): ReadonlyMap<Alias, Node> {
  const anchored = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(tree, {
    Node: (_key, node) => {
      if (isAlias(node)) {
        const target = anchored.get(node.source);
        if (target) targets.set(node, target);
      } else if (node.anchor !== undefined) {
        anchored.set(node.anchor, node);
      }
    },
  });
  return targets;
}
