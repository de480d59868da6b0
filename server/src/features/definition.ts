import { type SourceFile, documentAt, rangeOf } from '../workspace/source-file.ts';
import { existing } from '../workspace/snapshot.ts';
import type { Range } from '../../../protocol/src/range.ts';
import type { Reference } from '../model/reference.ts';
import type { View } from '../model/view.ts';
import { fileStart } from '../workspace/text-line.ts';
import { locate } from '../model/repository.ts';
import { objectTarget } from '../model/object-target.ts';
import { uriOf } from '../workspace/paths.ts';

/** Where a reference leads, and what of the source leads there. */
export interface Definition {
  /** The text that is the link. */
  readonly origin: Range;
  readonly targetUri: string;
  /** The name of the object that is meant; the start of a file that is meant as a whole. */
  readonly targetRange: Range;
}

/** What the path or the name at an offset means: the file, the kustomization of the folder, the object. */
export function definition(view: View, file: SourceFile, offset: number): Definition[] {
  return view.graph.referencesFrom(file).flatMap((reference) => {
    const at = offset - reference.placed.start;
    if (documentAt(file, offset) !== reference.placed || at < reference.span.start || at > reference.span.end) return [];
    const target = targetPlace(view, file, reference);
    return target ? [{ origin: rangeOf(file, reference.placed, reference.span), ...target }] : [];
  });
}

function targetPlace(view: View, file: SourceFile, reference: Reference): Omit<Definition, 'origin'> | undefined {
  if (reference.target.kind === 'object') {
    const found = objectTarget(view.graph, file, reference.target);
    return found && { targetUri: found.file.uri, targetRange: rangeOf(found.file, found.object.placed, found.object.span) };
  }
  const path = targetFile(view, file, reference);
  return path === undefined ? undefined : { targetUri: uriOf(path), targetRange: fileStart };
}

// The file that an editor can open for a path.
function targetFile(view: View, file: SourceFile, { target }: Reference): string | undefined {
  const { graph } = view;
  const path =
    target.kind === 'path'
      ? target.path
      : target.kind === 'repositoryPath'
        ? locate(graph, view.repositories, file, target.repository, target.path)?.path
        : undefined;
  if (path === undefined) return undefined;
  const place = existing(graph.snapshot, path);
  if (place === 'absent') return undefined;
  // Outside the workspace nobody looked: a path with an ending is most likely a file.
  if (place === 'file' || (place === 'unknown' && /\.\w+$/.test(path))) return path;
  return graph.kustomizationAt(path)?.file.path ?? firstFileIn(view, path);
}

// A folder without a kustomization is applied file by file, in this order.
function firstFileIn({ graph }: View, directory: string): string | undefined {
  return [...graph.snapshot.saved.keys()].filter((path) => path.startsWith(`${directory}/`)).sort()[0];
}
