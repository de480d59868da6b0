import type { DeclaredObject } from './object.ts';
import type { Graph } from './graph.ts';
import type { SourceFile } from '../workspace/source-file.ts';
import type { ObjectName } from './pipeline.ts';

/** An object and the file that it is written in. */
export interface ObjectIn {
  readonly file: SourceFile;
  readonly object: DeclaredObject;
}

/**
 * The object of a name that is written nearest to `file`: several clusters of a repository may each have one of the same name.
 * A namespace that is not written matches any: a kustomization may set it.
 */
export function nearestObject(graph: Graph, file: SourceFile, { group, objectKind, namespace, name }: ObjectName): ObjectIn | undefined {
  const isMeant = ({ object }: ObjectIn): boolean =>
    object.name === name && (object.namespace === namespace || object.namespace === '' || namespace === '');
  const found = graph.objects((itsGroup, itsKind) => itsGroup === group && itsKind === objectKind).filter(isMeant);
  return found.map((each) => ({ each, shared: sharedLength(each.file.path, file.path) })).sort((a, b) => b.shared - a.shared)[0]?.each;
}

function sharedLength(path: string, other: string): number {
  const segments = other.split('/');
  const differs = path.split('/').findIndex((segment, index) => segment !== segments[index]);
  return differs < 0 ? Infinity : differs;
}
