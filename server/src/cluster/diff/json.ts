// Objects of an API as plain JSON.

/** Any JSON. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** Whether it is an object with keys. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value that should be text; empty for anything else. */
export function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** The object without a key, and without the object that held it when nothing else was in there. */
export function without(object: JsonObject, path: readonly string[]): JsonObject {
  const [key = '', ...rest] = path;
  const { [key]: value, ...others } = object;
  if (value === undefined) return object;
  if (rest.length === 0) return others;
  if (!isObject(value)) return object;
  const inner = without(value, rest);
  return Object.keys(inner).length === 0 && Object.keys(value).length > 0 ? others : { ...object, [key]: inner };
}
