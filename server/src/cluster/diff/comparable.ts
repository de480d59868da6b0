// What of an object is compared: what a person or a tool has written, and not what the API server notes about it.
import { type Json, type JsonObject, isObject, without } from './json.ts';

const notes = [
  ['status'],
  ...['managedFields', 'resourceVersion', 'uid', 'generation', 'creationTimestamp', 'selfLink'].map((key) => ['metadata', key]),
  ...[lastAppliedAnnotation(), 'deployment.kubernetes.io/revision'].map((key) => ['metadata', 'annotations', key]),
];

/** The annotation in which client-side apply keeps what it applied. */
export function lastAppliedAnnotation(): string {
  return 'kubectl.kubernetes.io/last-applied-configuration';
}

/** An object without what only the API server writes. */
export function comparable(object: JsonObject): JsonObject {
  return notes.reduce(without, object);
}

/**
 * What an apply from the client would leave out of `result`, which is what an apply on the server gives: fields that the last apply from
 * the client wrote, and that are no longer wanted. The server keeps them, as it does not know whose they were. Items of lists are told
 * apart by their `name`; lists without are as the server gives them.
 */
export function withoutAbandoned(result: Json, lastApplied: Json | undefined, wanted: Json | undefined): Json {
  if (isObject(result) && isObject(lastApplied) && isObject(wanted)) {
    const entries = Object.entries(result).flatMap(([key, value]): [string, Json][] => {
      if (value === undefined || (key in lastApplied && !(key in wanted))) return [];
      return [[key, withoutAbandoned(value, lastApplied[key], wanted[key])]];
    });
    return Object.fromEntries(entries);
  }
  const [had, wants] = [byName(lastApplied), byName(wanted)];
  if (!Array.isArray(result) || !had || !wants) return result;
  return (result as readonly Json[]).flatMap((item) => {
    const name = isObject(item) ? item['name'] : undefined;
    if (typeof name !== 'string') return [item];
    return had.has(name) && !wants.has(name) ? [] : [withoutAbandoned(item, had.get(name), wants.get(name))];
  });
}

function byName(list: Json | undefined): Map<string, JsonObject> | undefined {
  if (!Array.isArray(list)) return undefined;
  const items = list as readonly Json[];
  const named = items.flatMap((item): [string, JsonObject][] =>
    isObject(item) && typeof item['name'] === 'string' ? [[item['name'], item]] : [],
  );
  return named.length === items.length ? new Map(named) : undefined;
}
