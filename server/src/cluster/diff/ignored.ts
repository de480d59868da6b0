// What a controller leaves out of its comparison.
import type { Application } from '../argocd/application.ts';
import { groupOf } from '../api-resources.ts';
import { matcher } from '../clusters.ts';
import type { LiveObject } from '../live-object.ts';
import { type Json, type JsonObject, isObject, pointerKeys, without } from './json.ts';

/** One entry of an Application's `spec.ignoreDifferences`. */
interface IgnoreDifference {
  readonly group?: string;
  readonly kind: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly jsonPointers?: readonly string[];
  readonly jqPathExpressions?: readonly string[];
  readonly managedFieldsManagers?: readonly string[];
}

/**
 * What an object's controller does not compare: fields that are left out of both sides. `live` tells whose the fields are.
 *
 * @returns a function for both sides of one resource.
 */
export function ignoredFor(owner: LiveObject, live: JsonObject | undefined): (object: JsonObject) => JsonObject {
  if (owner.kind !== 'Application') return (object) => object;
  const rules = ((owner as Application).spec.ignoreDifferences ?? []) as readonly IgnoreDifference[];
  return (object) =>
    rules
      .filter((rule) => isFor(rule, object))
      .flatMap((rule) => [...(rule.jsonPointers ?? []).map(pointerKeys), ...fieldsOf(live, rule.managedFieldsManagers ?? [])])
      .reduce(without, object);
}

/** Rules that only the controller itself can follow, in words; none when all are followed. */
export function notFollowed(owner: LiveObject): string[] {
  if (owner.kind !== 'Application') return [];
  const rules = ((owner as Application).spec.ignoreDifferences ?? []) as readonly IgnoreDifference[];
  return rules.some(({ jqPathExpressions = [] }) => jqPathExpressions.length > 0)
    ? ['Its ignoreDifferences has jqPathExpressions, which are not followed here: fields that they name may be shown as differences.']
    : [];
}

function isFor({ group = '', kind, name = '', namespace = '' }: IgnoreDifference, object: JsonObject): boolean {
  const metadata = isObject(object['metadata']) ? object['metadata'] : {};
  const fits = (pattern: string, value: Json | undefined): boolean => pattern === '' || matcher(pattern)(String(value ?? ''));
  return (
    matcher(group)(groupOf(String(object['apiVersion'] ?? ''))) &&
    matcher(kind)(String(object['kind'] ?? '')) &&
    fits(name, metadata['name']) &&
    fits(namespace, metadata['namespace'])
  );
}

/** The fields that these managers own, by `metadata.managedFields` (structured merge's `FieldsV1`). */
function fieldsOf(live: JsonObject | undefined, managers: readonly string[]): string[][] {
  const metadata = live?.['metadata'];
  const entries = isObject(metadata) ? metadata['managedFields'] : undefined;
  if (!live || !Array.isArray(entries)) return [];
  return (entries as readonly Json[]).flatMap((entry) => {
    if (!isObject(entry) || !managers.includes(String(entry['manager']))) return [];
    const fields = entry['fieldsV1'];
    return isObject(fields) ? leaves(fields, live) : [];
  });
}

function leaves(fields: JsonObject, value: Json | undefined): string[][] {
  return Object.entries(fields).flatMap(([key, inner]) => {
    const step = stepOf(key, value);
    if (step === undefined) return [];
    const below = isObject(inner) ? leaves(inner, valueAt(value, step)) : [];
    const isLeaf = !isObject(inner) || Object.keys(inner).every((each) => each === '.');
    return isLeaf ? [[step]] : below.map((rest) => [step, ...rest]);
  });
}

/** `f:name` is a field, `k:{…}` the item of a list with these keys, `v:…` an item that is this value. */
function stepOf(key: string, value: Json | undefined): string | undefined {
  if (key.startsWith('f:')) return key.slice(2);
  if (!Array.isArray(value)) return undefined;
  const items = value as readonly Json[];
  const wanted = key.startsWith('k:') || key.startsWith('v:') ? (JSON.parse(key.slice(2)) as Json) : undefined;
  if (wanted === undefined) return undefined;
  const index = items.findIndex((item) =>
    isObject(wanted) ? isObject(item) && Object.entries(wanted).every(([name, each]) => item[name] === each) : item === wanted,
  );
  return index < 0 ? undefined : String(index);
}

function valueAt(value: Json | undefined, step: string): Json | undefined {
  if (Array.isArray(value)) return (value as readonly Json[])[Number(step)];
  return isObject(value) ? value[step] : undefined;
}
