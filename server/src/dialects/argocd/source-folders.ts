// Where the sources of an Argo CD Application are.
import { type LocatedPath, locate } from '../../model/repository.ts';
import { type YamlTree } from '../../workspace/yaml-document.ts';
import { itemsOf, nodeAt, textAt } from '../../workspace/yaml-path.ts';
import type { SourceFile } from '../../workspace/source-file.ts';
import type { View } from '../../model/view.ts';

/** A source of an Application. */
export interface SourceFolder {
  /** The top folder of the repository that it names, when that lies here; empty otherwise. */
  readonly root: string;
  /** The commit that the working tree is at, edited or not; empty when there is none. */
  readonly revision: string;
  readonly notes: readonly string[];
}

/** Where each source of an Application is, in their order. */
export function sourceFolders(view: View, file: SourceFile, tree: YamlTree): readonly SourceFolder[] {
  const single = nodeAt(tree, ['spec', 'source']);
  const several = itemsOf(tree, nodeAt(tree, ['spec', 'sources']));
  return (several.length > 0 ? several : single ? [single] : []).map((source) => {
    const url = textAt(tree, ['repoURL'], source)?.value ?? '';
    const revision = textAt(tree, ['targetRevision'], source)?.value;
    const isChart = textAt(tree, ['chart'], source) !== undefined;
    const located = isChart ? undefined : locate(view.graph, view.repositories, file, { kind: 'url', url, revision }, '.');
    if (!located) return { root: '', revision: '', notes: [] };
    const repository = view.repositories.find(({ root }) => root === located.root);
    return { root: located.root, revision: repository?.commit ?? '', notes: notesOn(url, located) };
  });
}

function notesOn(url: string, { elsewhere }: LocatedPath): string[] {
  return elsewhere === undefined
    ? []
    : [`The source ${url} is meant at "${elsewhere}", which is not checked out: this is the working tree rendered.`];
}
