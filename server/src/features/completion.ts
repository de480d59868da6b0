import { type SourceFile, documentAt, rangeOf } from '../workspace/source-file.ts';
import type { Range } from '../../../protocol/src/range.ts';
import type { SchemaService } from '../schemas/service.ts';
import type { Suggestion } from '../schemas/complete.ts';
import type { View } from '../model/view.ts';
import { objectNames } from './object-names.ts';
import { typedDocument } from './typed-document.ts';

/** A suggestion and the text of the file that it replaces. */
export interface Completion extends Omit<Suggestion, 'span'> {
  readonly range: Range;
}

/**
 * What can be written at an offset of a file.
 *
 * @param schemas Undefined leaves what schemas know to another extension.
 */
export async function completions(view: View, schemas: SchemaService | undefined, file: SourceFile, offset: number): Promise<Completion[]> {
  const placed = documentAt(file, offset);
  if (!placed) return [];
  const names = objectNames(view.graph, file, placed, offset - placed.start);
  const fields = (await schemas?.complete(typedDocument(view, file, placed), offset - placed.start)) ?? [];
  return [...names, ...fields].map(({ span, ...suggestion }) => ({ ...suggestion, range: rangeOf(file, placed, span) }));
}
