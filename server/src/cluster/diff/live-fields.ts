// RespectIgnoreDifferences: what Argo CD ignores of a resource it leaves as it is live, also when it applies the rest.
import { isDeepStrictEqual } from 'node:util';
import { type Json, type JsonObject, isObject, text } from './json.ts';

/**
 * What is applied of an object: the ignored fields as they are live (Argo CD v3.2.11, controller/sync.go). Entries of lists belong together by
 * their names, or by their places where they have none.
 *
 * @param wanted The rendered object without what is ignored.
 * @param left The live object without what is ignored.
 */
export function withLiveFields(wanted: JsonObject, live: JsonObject, left: JsonObject): JsonObject {
  const result: Record<string, Json | undefined> = { ...wanted };
  for (const [key, value] of Object.entries(live)) {
    const kept = left[key];
    if (value === undefined || kept === undefined) result[key] = value;
    else if (!isDeepStrictEqual(value, kept)) result[key] = merged(result[key], value, kept);
  }
  return result;
}

function merged(wanted: Json | undefined, live: Json, left: Json): Json {
  if (isObject(live) && isObject(left)) return withLiveFields(isObject(wanted) ? wanted : {}, live, left);
  // Where whole entries are ignored, it can't be told which of the others they stand between.
  if (!isList(wanted) || !isList(live) || !isList(left) || live.length !== left.length) return wanted ?? live;
  return wanted.map((entry, index) => {
    const at = placeOf(entry, index, live);
    const [its, rest] = [live[at], left[at]];
    return isObject(entry) && isObject(its) && isObject(rest) ? withLiveFields(entry, its, rest) : entry;
  });
}

// Array.isArray does not tell of a list that can't be changed what is in it.
function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function placeOf(entry: Json, index: number, live: readonly Json[]): number {
  const name = isObject(entry) ? text(entry['name']) : '';
  return name === '' ? index : live.findIndex((each) => isObject(each) && each['name'] === name);
}
