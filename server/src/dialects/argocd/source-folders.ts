// Where the sources of an Argo CD Application are.
import { type LocatedPath, locate } from '../../model/repository.ts';
import { type YamlTree } from '../../workspace/yaml-document.ts';
import { itemsOf, nodeAt, textAt } from '../../workspace/yaml-path.ts';
import type { SourceFile } from '../../workspace/source-file.ts';
import type { View } from '../../model/view.ts';

/** The top folder of each source of an Application that is a repository which lies here; empty for the others. */
export function sourceFolders(
  view: View,
  file: SourceFile,
  tree: YamlTree,
): readonly { readonly root: string; readonly notes: readonly string[] }[] {
  const single = nodeAt(tree, ['spec', 'source']);
  const several = itemsOf(tree, nodeAt(tree, ['spec', 'sources']));
  return (several.length > 0 ? several : single ? [single] : []).map((source) => {
    const url = textAt(tree, ['repoURL'], source)?.value ?? '';
    const revision = textAt(tree, ['targetRevision'], source)?.value;
    const isChart = textAt(tree, ['chart'], source) !== undefined;
    const located = isChart ? undefined : locate(view.graph, view.repositories, file, { kind: 'url', url, revision }, '.');
    return { root: located?.root ?? '', notes: located ? notesOn(url, located) : [] };
  });
}

function notesOn(url: string, { elsewhere }: LocatedPath): string[] {
  return elsewhere === undefined
    ? []
    : [`The source ${url} is meant at "${elsewhere}", which is not checked out: this is the working tree rendered.`];
}
