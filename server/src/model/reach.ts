// Which renderings a file takes part in: from the file upwards through every kustomization that refers to it.
import type { Graph, KustomizationFolder } from './graph.ts';
import { baseName, directoryOf } from '../workspace/paths.ts';
import { kustomizationFileNames } from './object.ts';

/**
 * The kustomizations whose rendering the file at `path` takes part in: its own first when it is one, then those that
 * refer to it, directly or through components and bases, nearest first, each once. Cycles end.
 */
export function overlaysOf(graph: Graph, path: string): readonly KustomizationFolder[] {
  const found = new Map<string, KustomizationFolder>();
  const waiting = [path];
  if (kustomizationFileNames.includes(baseName(path))) enter(directoryOf(path));
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    for (const { file } of graph.referencesTo(at)) enter(directoryOf(file.path));
  }
  return [...found.values()].filter(({ kind }) => kind === 'Kustomization');

  function enter(directory: string): void {
    const folder = graph.kustomizationAt(directory);
    if (!folder || found.has(directory)) return;
    found.set(directory, folder);
    waiting.push(directory);
  }
}

/**
 * The way along `resources`, `bases` and `components` from a folder back to itself: the folders in their order,
 * beginning and ending with `directory`. Undefined when there is none.
 */
export function cycleThrough(graph: Graph, directory: string, first: string): readonly string[] | undefined {
  const seen = new Set<string>();
  const search = (at: string, way: readonly string[]): readonly string[] | undefined => {
    if (at === directory) return [...way, at];
    if (seen.has(at)) return undefined;
    seen.add(at);
    const folder = graph.kustomizationAt(at);
    if (!folder) return undefined;
    for (const { target } of graph.referencesFrom(folder.file)) {
      if (target.kind !== 'path' || target.expects === 'file') continue;
      const found = search(target.path, [...way, at]);
      if (found) return found;
    }
    return undefined;
  };
  return search(first, [directory]);
}
