import type { Blame, SourcePlace } from '../../model/blame.ts';
import type { Graph } from '../../model/graph.ts';
import type { Reference } from '../../model/reference.ts';
import { type SourceFile, rangeOf } from '../../workspace/source-file.ts';
import { errorHint } from './error-hints.ts';
import { errorPlace } from './error-place.ts';
import { innermostWords } from './error-words.ts';

/**
 * What a failed build complains of.
 *
 * @param directory The folder that was built.
 * @param message What `kustomize build` says, without `Error: `.
 * @returns Undefined when there is no kustomization in the folder.
 */
export function kustomizationBlame(graph: Graph, directory: string, message: string): Blame | undefined {
  const found = errorPlace(graph, directory, message);
  if (!found) return undefined;
  const { file, range, named } = found;
  const words = innermostWords(message);
  const way = wayTo(graph, directory, file.path);
  return { place: { path: file.path, range }, named, words, hint: errorHint(words), cause: 'source', way };
}

/** The entries that lead from a folder's kustomization to a file, by the shortest way; none when it is the kustomization itself, or none leads there. */
function wayTo(graph: Graph, directory: string, path: string): readonly SourcePlace[] {
  const seen = new Set([directory]);
  const waiting: { readonly at: string; readonly way: readonly SourcePlace[] }[] = [{ at: directory, way: [] }];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const file = graph.kustomizationAt(next.at)?.file;
    if (!file) continue;
    if (file.path === path) return next.way;
    for (const reference of graph.referencesFrom(file)) {
      const { target } = reference;
      if (target.kind !== 'path') continue;
      const way = [...next.way, placeOf(file, reference)];
      if (target.path === path) return way;
      if (seen.has(target.path)) continue;
      seen.add(target.path);
      waiting.push({ at: target.path, way });
    }
  }
  return [];
}

function placeOf(file: SourceFile, { placed, span }: Reference): SourcePlace {
  return { path: file.path, range: rangeOf(file, placed, span) };
}
