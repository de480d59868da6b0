// From the schemas that Kubernetes publishes (OpenAPI 2 for its own kinds, OpenAPI 3 in custom resource definitions)
// to the pool's JSON schema. The result accepts what the API server accepts and reports what its strict field
// validation reports.
import type { Json, JsonSchema, SchemaType } from '../server/src/schemas/json-schema.ts';

/** What both versions of OpenAPI have in common, as far as Kubernetes uses it. */
export interface OpenApiSchema {
  $ref?: string;
  type?: SchemaType;
  format?: string;
  description?: string;
  properties?: Record<string, OpenApiSchema>;
  additionalProperties?: OpenApiSchema | boolean;
  items?: OpenApiSchema;
  allOf?: OpenApiSchema[];
  required?: string[];
  enum?: Json[];
  default?: Json;
  nullable?: boolean;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  maxProperties?: number;
  uniqueItems?: boolean;
  'x-kubernetes-int-or-string'?: boolean;
  'x-kubernetes-preserve-unknown-fields'?: boolean;
  'x-kubernetes-embedded-resource'?: boolean;
}

/** Keywords that mean the same in both languages. */
const carriedOver = [
  'required',
  'enum',
  'pattern',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'uniqueItems',
] as const;

/**
 * Translates one schema and all inside it.
 *
 * @param reference Gives the pool's reference for an OpenAPI reference.
 */
export function fromOpenApi(source: OpenApiSchema, reference: (ref: string) => string): JsonSchema {
  const target: JsonSchema = {};
  const onlyReference = source.allOf?.length === 1 ? source.allOf[0]?.$ref : undefined; // how OpenAPI 3 describes a reference
  const ref = source.$ref ?? onlyReference;
  if (source.description) target.description = source.description;
  if (source.default !== undefined && !isZero(source.default)) target.default = source.default;
  if (ref !== undefined) {
    target.$ref = reference(ref);
    return target;
  }
  const type = typeOf(source);
  if (type) target.type = type;
  if (source.format && source.format !== 'int-or-string') target.format = source.format;
  for (const keyword of carriedOver) {
    if (source[keyword] !== undefined) Object.assign(target, { [keyword]: source[keyword] });
  }
  if (source.items) target.items = fromOpenApi(source.items, reference);
  if (source.properties) {
    target.properties = Object.fromEntries(
      Object.entries(source.properties).map(([name, property]) => [name, fromOpenApi(property, reference)]),
    );
  }
  const additional = additionalProperties(source, reference);
  if (additional !== undefined) target.additionalProperties = additional;
  return target;
}

function typeOf(source: OpenApiSchema): SchemaType | SchemaType[] | undefined {
  if (source['x-kubernetes-int-or-string'] || source.format === 'int-or-string') return ['integer', 'string'];
  if (source.type && source.nullable) return [source.type, 'null'];
  return source.type;
}

function additionalProperties(source: OpenApiSchema, reference: (ref: string) => string): false | JsonSchema | undefined {
  if (typeof source.additionalProperties === 'object') return fromOpenApi(source.additionalProperties, reference);
  const open = [source['x-kubernetes-preserve-unknown-fields'], source['x-kubernetes-embedded-resource'], source.additionalProperties];
  return source.properties && !open.includes(true) ? false : undefined;
}

/** Go's zero values are written as defaults of every required field; they say nothing. */
function isZero(value: Json): boolean {
  return value === '' || value === 0 || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}
