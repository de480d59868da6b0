import { type SourceFile, documentAt, rangeOf } from '../workspace/source-file.ts';
import type { Range } from '../../../protocol/src/range.ts';
import type { SchemaService } from '../schemas/service.ts';
import { kindOf } from '../model/object.ts';
import { pathAt } from '../workspace/yaml-path.ts';
import { renderFieldDoc } from '../schemas/render-field-doc.ts';
import { treeOf } from '../workspace/yaml-document.ts';

/** What is shown on hover, and for which text. */
export interface HoverText {
  readonly markdown: string;
  readonly range: Range;
}

/** What the field or kind at an offset means; undefined where schemas say nothing. */
export function hover(schemas: SchemaService, file: SourceFile, offset: number): HoverText | undefined {
  const placed = documentAt(file, offset);
  const kind = placed && kindOf(placed, file.path);
  const at = kind && pathAt(treeOf(placed.document), offset - placed.start);
  if (!at) return undefined;
  const isKind = at.path.length === 1 && (at.path[0] === 'kind' || at.path[0] === 'apiVersion');
  const doc = schemas.describe(kind, isKind ? [] : at.path);
  return doc && { markdown: renderFieldDoc(doc), range: rangeOf(file, placed, at.span) };
}
