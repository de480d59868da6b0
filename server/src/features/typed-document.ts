import type { PlacedDocument, SourceFile } from '../workspace/source-file.ts';
import type { TypedDocument } from '../schemas/service.ts';
import type { View } from '../model/view.ts';
import { kindOf } from '../model/object.ts';

/** A document as the schemas want it: what it is taken for, and whether kustomize takes its file for a patch. */
export function typedDocument({ graph }: View, file: SourceFile, placed: PlacedDocument): TypedDocument {
  const isPatch = graph.referencesTo(file.path).some(({ reference }) => reference.field.startsWith('patches'));
  return { document: placed.document, kind: kindOf(placed, file.path), role: isPatch ? 'patch' : 'resource' };
}
