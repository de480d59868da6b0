// The part of JSON schema (draft 07) that the pool is written in.

export type SchemaType = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null';

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A schema of the pool. References are `#/$defs/<file>:<name>`, where `<file>` is the pool file that holds it. */
export interface JsonSchema {
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  title?: string;
  description?: string;
  type?: SchemaType | SchemaType[];
  properties?: Record<string, JsonSchema>;
  /** False where the controller knows every field; absent where anything may stand. */
  additionalProperties?: false | JsonSchema;
  required?: string[];
  items?: JsonSchema;
  allOf?: JsonSchema[];
  enum?: Json[];
  const?: Json;
  default?: Json;
  /**
   * YAML that shows the field in use, with its name. yaml-language-server would insert what stands in `examples`, and
   * takes a keyword that it does not know for a constraint beside a reference.
   */
  $comment?: string;
  format?: string;
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
  /** Why the field should not be used any more, and what to use instead. */
  deprecationMessage?: string;
  /** Accepted, never suggested: what controllers write themselves. */
  doNotSuggest?: boolean;
  /** Upstream's page about this field. */
  url?: string;
}

const refPrefix = '#/$defs/';

/** The reference to a definition of the pool, such as `k8s.apps.v1:DeploymentSpec`. */
export function refTo(definition: string): string {
  return refPrefix + definition;
}

/** The definition that a reference names. */
export function definitionOf(ref: string): string {
  return ref.slice(refPrefix.length);
}

/** Every schema directly inside `schema`. */
export function children(schema: JsonSchema): JsonSchema[] {
  const inside = [...Object.values(schema.properties ?? {}), ...(schema.allOf ?? [])];
  if (schema.items) inside.push(schema.items);
  if (schema.additionalProperties) inside.push(schema.additionalProperties);
  return inside;
}
