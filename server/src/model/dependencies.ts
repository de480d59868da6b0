// What Flux objects wait for: `spec.dependsOn` of Kustomizations and HelmReleases.
import type { Graph, ObjectIn } from './graph.ts';
import type { Reference } from './reference.ts';
import type { SourceFile } from '../workspace/source-file.ts';
import { declaredObject } from './object.ts';
import { objectTarget } from './object-target.ts';
import { textAt } from '../workspace/yaml-path.ts';
import { treeOf } from '../workspace/yaml-document.ts';

/** The entries of an object's `spec.dependsOn` in a file, of all its documents. */
export function dependencies(graph: Graph, file: SourceFile): Reference[] {
  return graph.referencesFrom(file).filter(({ field }) => field.startsWith('spec.dependsOn['));
}

/**
 * The way along `spec.dependsOn` from a dependency's own object back to it: the objects in their order, beginning and ending with that
 * one. Undefined when there is none. Entries with a `readyExpr` end a way: that alone says what they wait for.
 */
export function dependencyCycle(graph: Graph, file: SourceFile, dependency: Reference): readonly ObjectIn[] | undefined {
  const object = declaredObject(file, dependency.placed);
  if (!object) return undefined;
  const start: ObjectIn = { file, object };
  const seen = new Set<unknown>();
  const search = (from: SourceFile, reference: Reference, way: readonly ObjectIn[]): readonly ObjectIn[] | undefined => {
    const { target } = reference;
    const next = target.kind === 'object' && !hasOwnCondition(reference) ? objectTarget(graph, from, target) : undefined;
    if (!next) return undefined;
    if (next.object.placed === object.placed) return [...way, next];
    if (seen.has(next.object.placed)) return undefined;
    seen.add(next.object.placed);
    for (const each of dependencies(graph, next.file)) {
      const found = each.placed === next.object.placed ? search(next.file, each, [...way, next]) : undefined;
      if (found) return found;
    }
    return undefined;
  };
  return search(file, dependency, [start]);
}

function hasOwnCondition({ placed, field }: Reference): boolean {
  const index = Number(/^spec\.dependsOn\[(\d+)\]/.exec(field)?.[1]);
  return Boolean(textAt(treeOf(placed.document), ['spec', 'dependsOn', index, 'readyExpr'])?.value);
}
