// Schemas in words: the names of projects, types, patterns and places, as messages and hover show them.
import type { YamlPath } from '../workspace/yaml-path.ts';
import type { JsonSchema, SchemaType } from './json-schema.ts';
import type { Project } from './pool-format.ts';

/** The projects as they write themselves. */
export const projectNames: Readonly<Record<Project, string>> = {
  kubernetes: 'Kubernetes',
  flux: 'Flux',
  argocd: 'Argo CD',
  kustomize: 'kustomize',
};

/** Patterns that upstream checks, and what they ask for. */
const patterns: ReadonlyMap<string, string> = new Map([
  ['^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$', 'a quantity such as `500m`, `1.5`, `128Mi` or `2G`'],
  ['^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$', 'a duration such as `30s`, `10m` or `1h30m`'],
  ['^([0-9]+(\\.[0-9]+)?(ms|s|m))+$', 'a duration of seconds or minutes such as `60s` or `5m`'],
  ['^(http|https)://.*$', 'an address that begins with `http://` or `https://`'],
  ['^https?://', 'an address that begins with `http://` or `https://`'],
  ['^(http|https|ssh)://.*$', 'an address that begins with `https://`, `http://` or `ssh://`'],
  ['^(http|https|oci)://.*$', 'an address that begins with `https://`, `http://` or `oci://`'],
  ['^oci://.*$', 'an address that begins with `oci://`'],
  ['^[a-z0-9]([a-z0-9-]*[a-z0-9])?$', 'lower-case letters, digits and `-`, beginning and ending with a letter or digit'],
  ['^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', 'lower-case letters, digits and `-`, beginning and ending with a letter or digit'],
  ['^[a-z0-9]([a-z0-9_-]*[a-z0-9])?$', 'lower-case letters, digits, `-` and `_`, beginning and ending with a letter or digit'],
  ['^[\\-._a-zA-Z0-9]+$', 'letters, digits, `-`, `.` and `_`'],
  ['^@([a-z0-9]([a-z0-9_-]*[a-z0-9])?)$', "`@` and a source's alias"],
  ['^@([a-z0-9]([a-z0-9_-]*[a-z0-9])?)/(.*)$', "`@`, a source's alias, `/` and a path, such as `@app/deploy/**`"],
]);

/** What a pattern asks for, completing "must be …"; the pattern itself when we have no words for it. */
export function patternInWords(pattern: string): string {
  return patterns.get(pattern) ?? `text that matches \`${pattern}\``;
}

const types: Record<SchemaType, string> = {
  object: 'a mapping (`key: value`)',
  array: 'a list (`- item`)',
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: '`true` or `false`',
  null: 'empty',
};

/** The types that a schema accepts, completing "must be …". */
export function typeInWords({ type }: JsonSchema): string {
  return [type ?? []]
    .flat()
    .filter((name) => name !== 'null')
    .map((name) => types[name])
    .join(' or ');
}

/** The name of a field, without where it stands: the last key of its path, or `its 2nd item` for a list's. */
export function fieldName(path: YamlPath): string {
  const last = path.at(-1);
  if (typeof last !== 'number') return last === undefined ? 'the document' : `\`${last}\``;
  return `item ${last + 1} of ${fieldName(path.slice(0, -1))}`;
}

/** `a`, `b` or `c`. */
export function alternatives(values: readonly unknown[]): string {
  const quoted = values.map((value) => (typeof value === 'string' ? `\`${value || '""'}\`` : `\`${JSON.stringify(value)}\``));
  const last = quoted.pop() ?? '';
  return quoted.length > 0 ? `${quoted.join(', ')} or ${last}` : last;
}

/** A value as a message can hold it: its first line, and of that at most 60 characters. */
export function shortened(written: string): string {
  const [line = ''] = written.trim().split('\n');
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}
