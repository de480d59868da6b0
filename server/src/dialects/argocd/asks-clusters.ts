import type { YamlTree } from '../../workspace/yaml-document.ts';
import { entriesOf, itemsOf, nodeAt } from '../../workspace/yaml-path.ts';

const asking: ReadonlySet<string> = new Set(['clusters', 'clusterDecisionResource']);
const nesting: ReadonlySet<string> = new Set(['matrix', 'merge']);

/** Whether a generator of an ApplicationSet, or one in it, wants to know the clusters that Argo CD deploys to. */
export function asksClusters(tree: YamlTree): boolean {
  return anyAsks(tree, nodeAt(tree, ['spec', 'generators']));
}

function anyAsks(tree: YamlTree, generators: unknown): boolean {
  return itemsOf(tree, generators).some((generator) =>
    entriesOf(tree, generator).some(({ key, value }) =>
      nesting.has(key) ? anyAsks(tree, nodeAt(tree, ['generators'], value)) : asking.has(key),
    ),
  );
}
