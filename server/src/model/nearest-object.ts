import type { Graph, ObjectIn } from './graph.ts';
import type { SourceFile } from '../workspace/source-file.ts';
import type { ObjectName } from './pipeline.ts';

/**
 * The object of a name that is written nearest to `file`: several clusters of a repository may each have one of the same name.
 * A namespace that is not written matches any: a kustomization may set it.
 */
export function nearestObject(graph: Graph, file: SourceFile, { group, objectKind, namespace, name }: ObjectName): ObjectIn | undefined {
  const isMeant = ({ object }: ObjectIn): boolean =>
    object.name === name && (object.namespace === namespace || object.namespace === '' || namespace === '');
  return nearestFirst(file, graph.objects((itsGroup, itsKind) => itsGroup === group && itsKind === objectKind).filter(isMeant))[0];
}

/** Objects by how near to `file` they are written: those that share more folders with it first. */
export function nearestFirst(file: SourceFile, objects: readonly ObjectIn[]): ObjectIn[] {
  return objects
    .map((each) => ({ each, shared: sharedLength(each.file.path, file.path) }))
    .sort((a, b) => b.shared - a.shared)
    .map(({ each }) => each);
}

function sharedLength(path: string, other: string): number {
  const segments = other.split('/');
  const differs = path.split('/').findIndex((segment, index) => segment !== segments[index]);
  return differs < 0 ? Infinity : differs;
}
