// Finding the schema of one field by its path.
import type { YamlPath } from '../workspace/yaml-path.ts';
import { definitionOf, type JsonSchema } from './json-schema.ts';
import type { KindEntry } from './pool-format.ts';
import type { SchemaPool } from './pool.ts';

/** A field of a kind, or the kind itself. */
export interface Field {
  /** Its schema with references followed; what was said at the place wins over what was said at the definition. */
  readonly schema: JsonSchema;
  /** The upstream type's name when it has one, such as `PodSpec`. */
  readonly typeName: string | undefined;
  /** Whether the object that holds it must have it. */
  readonly required: boolean;
}

/** The field at a path from the root of a kind; undefined when the schema does not know it. */
export function fieldAt(pool: SchemaPool, entry: KindEntry, path: YamlPath): Field | undefined {
  let field: Field | undefined = { ...followed(pool, pool.definition(entry.definition)), typeName: entry.kind, required: true };
  for (const step of path) {
    if (!field) return undefined;
    const inside: JsonSchema | undefined = schemaInside(field.schema, step);
    const required: boolean = typeof step === 'string' && (field.schema.required?.includes(step) ?? false);
    field = inside && { ...followed(pool, inside), required };
  }
  return field;
}

function schemaInside(schema: JsonSchema, step: string | number): JsonSchema | undefined {
  if (typeof step === 'number') return schema.items;
  const properties = schema.properties ?? {};
  if (Object.hasOwn(properties, step)) return properties[step];
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
}

/** Follows a schema's reference. */
export function followed(pool: SchemaPool, schema: JsonSchema): { readonly schema: JsonSchema; readonly typeName: string | undefined } {
  if (schema.$ref === undefined) return { schema, typeName: undefined };
  const name = definitionOf(schema.$ref);
  const merged = { ...followed(pool, pool.definition(name)).schema, ...schema };
  delete merged.$ref;
  return { schema: merged, typeName: name.slice(name.indexOf(':') + 1) };
}
