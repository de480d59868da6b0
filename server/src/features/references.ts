// Who points at this? Asked on an object's name or kind, on a field that names an object, a file or a folder.
import { type PlacedDocument, type SourceFile, type Span, documentAt, rangeOf } from '../workspace/source-file.ts';
import type { Graph, ObjectIn, ReferenceIn } from '../model/graph.ts';
import type { Range } from '../../../protocol/src/range.ts';
import type { Reference } from '../model/reference.ts';
import type { View } from '../model/view.ts';
import { declaredObject } from '../model/object.ts';
import { directoryOf } from '../workspace/paths.ts';
import { entriesOf, nodeAt, spanOf } from '../workspace/yaml-path.ts';
import { locate } from '../model/repository.ts';
import { objectTarget } from '../model/object-target.ts';
import { treeOf } from '../workspace/yaml-document.ts';

/** A place in a file. */
export interface Place {
  readonly uri: string;
  readonly range: Range;
}

/**
 * The fields, anywhere, that point at what stands at an offset: the object that is declared or named there, the file that declares it, the
 * folder of the kustomization, the file or folder that is named there. With `declaration` the object itself comes first.
 */
export function references(view: View, file: SourceFile, offset: number, declaration: 'with declaration' | 'without declaration'): Place[] {
  const meant = meantAt(view, file, offset);
  const objects = meant.flatMap(({ object }) => object ?? []);
  const declared =
    declaration === 'with declaration'
      ? objects.map((each) => ({ uri: each.file.uri, range: rangeOf(each.file, each.object.placed, each.object.span) }))
      : [];
  const pointing = new Set([
    ...objects.flatMap((object) => pointingAtObject(view.graph, object)),
    ...meant.flatMap(({ paths }) => paths.flatMap((path) => pointingAtPath(view, path))),
  ]);
  return [
    ...declared,
    ...[...pointing].map((each) => ({ uri: each.file.uri, range: rangeOf(each.file, each.reference.placed, each.reference.span) })),
  ];
}

/** What an offset means: an object, places of the file tree, or both. */
interface Meant {
  readonly object: ObjectIn | undefined;
  readonly paths: readonly string[];
}

function meantAt(view: View, file: SourceFile, offset: number): Meant[] {
  const { graph } = view;
  const placed = documentAt(file, offset);
  if (!placed) return [];
  const at = offset - placed.start;
  const holds = ({ start, end }: Span): boolean => start <= at && at <= end;
  const named = graph.referencesFrom(file).filter((reference) => reference.placed === placed && holds(reference.span));
  if (named.length > 0) return named.map(({ target }) => targetOf(view, file, target));
  const made = graph.objectsMade().filter(({ object }) => object.placed === placed && holds(object.span));
  if (made.length > 0) return made.map((object) => ({ object, paths: [] }));
  const object = declaredObject(file, placed);
  if (!object || !identitySpans(placed).some(holds)) return [];
  const isFolder = graph.kustomizationAt(directoryOf(file.path))?.file === file;
  return [{ object: { file, object }, paths: [isFolder ? directoryOf(file.path) : file.path] }];
}

function targetOf({ graph, repositories }: View, file: SourceFile, target: Reference['target']): Meant {
  switch (target.kind) {
    case 'object':
      return { object: objectTarget(graph, file, target), paths: [] };
    case 'path':
      return { object: undefined, paths: [target.path] };
    case 'repositoryPath': {
      const located = locate(graph, repositories, file, target.repository, target.path);
      return { object: undefined, paths: located ? [located.path] : [] };
    }
    case 'remote':
      return { object: undefined, paths: [target.url] };
  }
}

// Where a document says what it is: its kind and name; the first field of a kustomization that leaves that to its file's name.
function identitySpans({ document }: PlacedDocument): Span[] {
  const tree = treeOf(document);
  const entries = entriesOf(tree, nodeAt(tree, []));
  const kind = entries.filter(({ key }) => key === 'apiVersion' || key === 'kind');
  const name = entriesOf(tree, nodeAt(tree, ['metadata'])).filter(({ key }) => key === 'name');
  const first = kind.length > 0 ? [] : entries.slice(0, 1).map(({ keySpan }) => keySpan);
  return [
    ...first,
    ...[...kind, ...name].map(({ keySpan, value }) => ({ start: keySpan.start, end: value ? spanOf(value).end : keySpan.end })),
  ];
}

// A name means the object that it leads to from where it stands: several clusters may each have one of that name.
function pointingAtObject(graph: Graph, { object }: ObjectIn): ReferenceIn[] {
  return graph.referencesToName(object.group, object.kind, object.name).filter(({ file, reference: { target } }) => {
    const found = target.kind === 'object' ? objectTarget(graph, file, target)?.object : undefined;
    return found?.placed === object.placed && found.span.start === object.span.start;
  });
}

function pointingAtPath({ graph, repositories }: View, path: string): ReferenceIn[] {
  const deploying = graph.repositoryPaths().filter(({ file, reference: { target } }) => {
    const located = target.kind === 'repositoryPath' ? locate(graph, repositories, file, target.repository, target.path) : undefined;
    return located?.path === path;
  });
  return [...graph.referencesTo(path), ...deploying];
}
