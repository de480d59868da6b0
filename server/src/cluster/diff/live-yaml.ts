import { stringify } from 'yaml';
import { type Json, type JsonObject, isObject } from './json.ts';

// As kubectl and Argo CD show objects: these first, all other keys by name.
const first = ['apiVersion', 'kind', 'metadata', 'spec', 'data', 'stringData'];

/** An object as YAML, its keys in one order whatever order they came in. */
export function liveYaml(object: JsonObject): string {
  const rest = Object.keys(object)
    .filter((key) => !first.includes(key))
    .sort();
  const keys = [...first.filter((key) => key in object), ...rest];
  return stringify(Object.fromEntries(keys.map((key) => [key, sorted(object[key])])), { lineWidth: 0, aliasDuplicateObjects: false });
}

function sorted(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => sorted(item) ?? null);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}
