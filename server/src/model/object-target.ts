// Which object a name in another object means.
import type { Graph, ObjectIn } from './graph.ts';
import type { ObjectName } from './pipeline.ts';
import type { SourceFile } from '../workspace/source-file.ts';
import { nearestFirst } from './nearest-object.ts';

/**
 * The object that `file` means by a name: of several, the one written nearest to it; else an entry that a tool makes such an object of.
 * Undefined when neither is in the workspace. A namespace that is not written matches any: a kustomization may set it.
 */
export function objectTarget(graph: Graph, file: SourceFile, name: ObjectName): ObjectIn | undefined {
  const isThere = ({ object }: ObjectIn): boolean =>
    object.namespace === name.namespace || object.namespace === '' || name.namespace === '';
  const named = objectsOfKind(graph, name.group, name.objectKind).byName.get(name.name) ?? [];
  return nearestFirst(file, named.filter(isThere))[0];
}

/** The objects of a kind. */
interface ObjectsOfKind {
  /** Those that documents declare, then those that tools make. */
  readonly all: readonly ObjectIn[];
  readonly byName: ReadonlyMap<string, readonly ObjectIn[]>;
}

const knownKinds = new WeakMap<Graph, Map<string, ObjectsOfKind>>();

/** The objects of a kind in the workspace. Patches are none: they change what others declare. */
export function objectsOfKind(graph: Graph, group: string, kind: string): ObjectsOfKind {
  const kinds = knownKinds.get(graph) ?? new Map<string, ObjectsOfKind>();
  knownKinds.set(graph, kinds);
  const key = `${group}/${kind}`;
  const known = kinds.get(key);
  if (known) return known;
  const declared = graph.objects((itsGroup, itsKind) => itsGroup === group && itsKind === kind).filter(({ file }) => !isPatch(graph, file));
  const all = [...declared, ...graph.objectsMade().filter(({ object }) => object.group === group && object.kind === kind)];
  const found = { all, byName: Map.groupBy(all, ({ object }) => object.name) };
  kinds.set(key, found);
  return found;
}

function isPatch(graph: Graph, { path }: SourceFile): boolean {
  return graph.referencesTo(path).some(({ reference }) => reference.field.startsWith('patches'));
}
