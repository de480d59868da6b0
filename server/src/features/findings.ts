import { type SourceFile, rangeOf } from '../workspace/source-file.ts';
import type { Finding } from '../rules/rule.ts';
import type { SchemaService } from '../schemas/service.ts';
import type { View } from '../model/view.ts';
import { checkRules } from '../rules/rules.ts';
import { isForeign } from './foreign-document.ts';
import { isHelmTemplate } from '../dialects/helm/template-file.ts';
import { isEmptyDocument } from '../workspace/yaml-document.ts';
import { typedDocument } from './typed-document.ts';

/** Which checks of a file are wanted. */
export interface Checks {
  /** Undefined leaves what schemas find to another extension. */
  readonly schemas: SchemaService | undefined;
}

/** Everything that is wrong with a file and can be told without rendering. */
export async function findingsIn(view: View, file: SourceFile, { schemas }: Checks): Promise<Finding[]> {
  if (isHelmTemplate(view.graph.snapshot, file.path)) return [];
  const bySchema = schemas ? await Promise.all(file.documents.map((placed) => schemaFindings(schemas, view, file, placed))) : [];
  return [...bySchema.flat(), ...checkRules(view, file)];
}

async function schemaFindings(
  schemas: SchemaService,
  view: View,
  file: SourceFile,
  placed: SourceFile['documents'][number],
): Promise<Finding[]> {
  const typed = typedDocument(view, file, placed);
  if (isEmptyDocument(placed.document) || isForeign(typed)) return [];
  const found = await schemas.validate(typed);
  return found.map(({ code, severity, message, start, end }) => ({
    code,
    severity,
    message,
    range: rangeOf(file, placed, { start, end }),
  }));
}
