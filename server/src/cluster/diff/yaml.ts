// Objects as YAML, read and written as the controllers do.
import { type Tags, stringify } from 'yaml';
import { type Json, type JsonObject, isObject } from './json.ts';

// Controllers read YAML 1.1 (sigs.k8s.io/yaml), in which `yes` is no text; but to them times and `1:30` are (go-yaml v2, resolve.go).
const isRead = (tag: Tags[number]): boolean =>
  typeof tag === 'string' || (!tag.tag.endsWith('timestamp') && !('format' in tag && tag.format === 'TIME'));

/** Options for the library that reads YAML: everything is what it is to a controller. */
export const asControllersRead = { version: '1.1', customTags: (tags: Tags): Tags => tags.filter(isRead) } as const;

// As kubectl and Argo CD show objects: these first, all other keys by name.
const first = ['apiVersion', 'kind', 'metadata', 'spec', 'data', 'stringData'];

/** An object as YAML, its keys in one order whatever order they came in. */
export function liveYaml(object: JsonObject): string {
  const rest = Object.keys(object)
    .filter((key) => !first.includes(key))
    .sort();
  const keys = [...first.filter((key) => key in object), ...rest];
  const inOrder = Object.fromEntries(keys.map((key) => [key, sorted(object[key])]));
  return stringify(inOrder, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false });
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
