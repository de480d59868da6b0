import type { PlacedDocument, SourceFile } from '../workspace/source-file.ts';
import type { Role, TypedDocument } from '../schemas/typed-document.ts';
import type { View } from '../model/view.ts';
import { kindOf } from '../model/object.ts';

/** A document as the schemas want it: what it is taken for, and what kustomize makes of its file. */
export function typedDocument(view: View, file: SourceFile, placed: PlacedDocument): TypedDocument {
  return { document: placed.document, kind: kindOf(placed, file.path), role: roleOf(view, file) };
}

function roleOf({ graph }: View, { path }: SourceFile): Role {
  const fields = graph.referencesTo(path).map(({ reference }) => reference.field);
  if (fields.some((field) => field.startsWith('patches'))) return 'patch';
  return fields.length > 0 ? 'kustomized' : 'applied';
}
