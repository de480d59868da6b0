// Sets of fields as `metadata.managedFields` writes them (structured merge's `FieldsV1`): who owns which fields of an object.
import { type Json, type JsonObject, isObject, text } from './json.ts';

/** A tree of fields. `f:name` is a field, `k:{…}` the item of a list with these keys, `v:…` the item that is this value; `.` is the node. */
export type FieldSet = JsonObject;

/** One entry of `metadata.managedFields`. */
export interface FieldOwner {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  /** Empty for the object itself. */
  readonly subresource: string;
  readonly fields: FieldSet;
}

/** Who owns fields of an object; nobody when the server did not say. */
export function fieldOwners(object: JsonObject | undefined): FieldOwner[] {
  const metadata = object?.['metadata'];
  const entries = isObject(metadata) ? metadata['managedFields'] : undefined;
  if (!Array.isArray(entries)) return [];
  return (entries as readonly Json[]).flatMap((entry) => {
    if (!isObject(entry) || !isObject(entry['fieldsV1'])) return [];
    const operation = entry['operation'] === 'Apply' ? 'Apply' : 'Update';
    return [{ manager: text(entry['manager']), operation, subresource: text(entry['subresource']), fields: entry['fieldsV1'] }];
  });
}

/** The fields of `all` that are not in `others`, nor have anything in them that is. */
export function fieldsBut(all: FieldSet, others: FieldSet): FieldSet {
  const entries = Object.entries(all).flatMap(([key, inner]): [string, Json][] => {
    const other = others[key];
    // Whoever owns something in a node keeps it: apply notes the fields alone, an update the node too.
    if (key === '.') return isEmpty(others) ? [[key, inner ?? {}]] : [];
    if (other === undefined) return [[key, inner ?? {}]];
    if (!isObject(inner) || !isObject(other) || isLeaf(inner) || isLeaf(other)) return [];
    const rest = fieldsBut(inner, other);
    return Object.keys(rest).length === 0 ? [] : [[key, rest]];
  });
  return Object.fromEntries(entries);
}

/** Whether there is no field in it. */
export function isEmpty(fields: FieldSet): boolean {
  return Object.keys(fields).length === 0;
}

/** The object without these fields, and without the objects and lists that are nothing without them and were in the set too. */
export function withoutFields(value: JsonObject, fields: FieldSet): JsonObject {
  return (removed(value, fields) as JsonObject | undefined) ?? {};
}

function removed(value: Json, fields: FieldSet): Json | undefined {
  if (isLeaf(fields)) return undefined;
  const left = Array.isArray(value) ? itemsWithout(value as readonly Json[], fields) : isObject(value) ? keysWithout(value, fields) : value;
  return '.' in fields && isNothing(left) && !isNothing(value) ? undefined : left;
}

function keysWithout(value: JsonObject, fields: FieldSet): JsonObject {
  const entries = Object.entries(value).flatMap(([key, inner]): [string, Json][] => {
    const set = fields[`f:${key}`];
    const left = inner !== undefined && isObject(set) ? removed(inner, set) : inner;
    return left === undefined ? [] : [[key, left]];
  });
  return Object.fromEntries(entries);
}

function itemsWithout(items: readonly Json[], fields: FieldSet): readonly Json[] {
  const named = Object.entries(fields).filter(([key]) => key.startsWith('k:') || key.startsWith('v:'));
  return items.flatMap((item) => {
    const [, set] = named.find(([key]) => fits(item, JSON.parse(key.slice(2)) as Json)) ?? [];
    if (!isObject(set)) return [item];
    // Whoever added the item does not want it any more: what the server has filled in goes with it.
    if ('.' in set || isLeaf(set)) return [];
    const left = removed(item, set);
    return left === undefined ? [] : [left];
  });
}

function fits(item: Json, wanted: Json): boolean {
  if (!isObject(wanted)) return item === wanted;
  return isObject(item) && Object.entries(wanted).every(([key, value]) => item[key] === value);
}

function isNothing(value: Json): boolean {
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}

function isLeaf(fields: FieldSet): boolean {
  return Object.keys(fields).every((key) => key === '.');
}
