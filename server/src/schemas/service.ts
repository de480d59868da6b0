// What schemas know about a document: is it right, what may stand at the cursor, what does a field mean.
import type { YamlDocument } from '../workspace/yaml-document.ts';
import { complete, type Suggestion } from './complete.ts';
import type { SchemaFinding } from './finding.ts';
import { describe, type FieldDoc } from './field-doc.ts';
import type { YamlPath } from '../workspace/yaml-path.ts';
import type { KindName } from '../workspace/kind-name.ts';
import type { SchemaPool } from './pool.ts';
import type { TypedDocument } from './typed-document.ts';
import { validate } from './validate.ts';
import { createYamlService } from './yaml-service.ts';

/** Answers about one document at a time. */
export interface SchemaService {
  /** Everything that is wrong with the document. The same document is checked once. */
  validate(typed: TypedDocument): Promise<readonly SchemaFinding[]>;
  /** What can be written at an offset from the document's start. */
  complete(typed: TypedDocument, offset: number): Promise<readonly Suggestion[]>;
  /** What a field means; the kind itself with an empty path. Undefined for what the schema does not know. */
  describe(kind: KindName, path: YamlPath): FieldDoc | undefined;
}

/** Makes the service; schemas are loaded as documents need them. */
export function createSchemaService(pool: SchemaPool): SchemaService {
  const yaml = createYamlService(pool);
  // Documents keep their identity while their text stays, so forgotten documents take their findings with them.
  const known = new WeakMap<YamlDocument, Map<string, Promise<readonly SchemaFinding[]>>>();
  return {
    validate: (typed) => {
      const ofDocument = known.get(typed.document) ?? new Map<string, Promise<readonly SchemaFinding[]>>();
      known.set(typed.document, ofDocument);
      const key = `${typed.role} ${typed.kind?.apiVersion ?? ''} ${typed.kind?.kind ?? ''}`;
      const findings = ofDocument.get(key) ?? validate(pool, yaml, typed);
      ofDocument.set(key, findings);
      return findings;
    },
    complete: (typed, offset) => complete(pool, yaml, typed, offset),
    describe: (kind, path) => describe(pool, kind, path),
  };
}
