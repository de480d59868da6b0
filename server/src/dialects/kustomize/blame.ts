import type { Blame, SourcePlace } from '../../model/blame.ts';
import type { Graph } from '../../model/graph.ts';
import type { Reference } from '../../model/reference.ts';
import { type SourceFile, rangeOf } from '../../workspace/source-file.ts';
import { errorHint } from './error-hints.ts';
import { type FoundPlace, errorPlace } from './error-place.ts';
import { fileAt } from '../../workspace/snapshot.ts';
import { firstLineRange } from '../../workspace/text-line.ts';
import { innermostWords } from './error-words.ts';
import { resolveFrom } from '../../workspace/paths.ts';

/**
 * What a failed build complains of.
 *
 * @param directory The folder that was built.
 * @param message What `kustomize build` says, without `Error: `, or what Flux says of it.
 * @returns Undefined when there is no kustomization in the folder, and none that Flux would generate says which file is wrong.
 */
export function kustomizationBlame(graph: Graph, directory: string, message: string): Blame | undefined {
  const own = message.replace(/^kustomize build failed: /, '');
  const found = errorPlace(graph, directory, own) ?? generatedEntry(graph, directory, own);
  if (!found) return undefined;
  const { file, range, named } = found;
  const way = wayTo(graph, directory, file.path);
  return { place: { path: file.path, range }, named, ...kustomizeWords(own), cause: 'source', way };
}

/** What an error of kustomize says in the end, and what to do about it. */
export function kustomizeWords(message: string): Pick<Blame, 'words' | 'hint'> {
  const words = innermostWords(message);
  return { words, hint: errorHint(words) };
}

// Flux generates a kustomization of all files below a folder that has none, and names them as `./a.yaml`.
function generatedEntry(graph: Graph, directory: string, message: string): FoundPlace | undefined {
  const [, entry] = /(?:accumulating|merging) resources from '(\.\/[^']*)'/.exec(message) ?? [];
  const file = entry === undefined ? undefined : fileAt(graph.snapshot, resolveFrom(directory, entry));
  return file && { file, range: firstLineRange(file), named: true };
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
