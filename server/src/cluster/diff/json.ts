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

/** The object without a key, and without the object that held it when nothing else was in there. */
export function without(object: JsonObject, path: readonly string[]): JsonObject {
  const [key = '', ...rest] = path;
  const { [key]: value, ...others } = object;
  if (value === undefined) return object;
  if (rest.length === 0) return others;
  if (Array.isArray(value)) return { ...object, [key]: withoutItem(value as readonly Json[], rest) };
  if (!isObject(value)) return object;
  const inner = without(value, rest);
  return Object.keys(inner).length === 0 && Object.keys(value).length > 0 ? others : { ...object, [key]: inner };
}

function withoutItem(items: readonly Json[], [index = '', ...rest]: readonly string[]): readonly Json[] {
  if (rest.length === 0) return items.filter((_, at) => String(at) !== index);
  return items.map((item, at) => (String(at) === index && isObject(item) ? without(item, rest) : item));
}

/** The keys of a JSON pointer (RFC 6901). */
export function pointerKeys(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}
