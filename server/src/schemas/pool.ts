// The pool of generated schemas. Files are read when a kind in them is first asked for, synchronously: the largest is
// 0.3 MB, read once in a few milliseconds, and hover and rules need no promise then.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type KindName, groupOf } from '../workspace/kind-name.ts';
import { children, definitionOf, type JsonSchema } from './json-schema.ts';
import { fileOf, type KindEntry, type PoolFile, type PoolIndex } from './pool-format.ts';

/** The generated schemas, by kind. */
export interface SchemaPool {
  /** Every kind that has a schema. */
  readonly kinds: readonly KindEntry[];
  /** What is known about a kind; undefined when it has no schema. */
  entryFor(name: KindName): KindEntry | undefined;
  /** The same kind in versions (or groups) that have a schema. */
  otherVersions(name: KindName): readonly KindEntry[];
  /** A definition as it lies in the pool, for reading only. */
  definition(name: string): JsonSchema;
  /** A self-contained copy of a kind's schema, with the definitions that it reaches; the caller's own. */
  schemaFor(entry: KindEntry): JsonSchema;
}

/**
 * Opens the folder that schemas/ generated.
 *
 * @throws Error when `folder` holds no index.json.
 */
export function openPool(folder: string): SchemaPool {
  const read = (name: string): unknown => JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8'));
  const { kinds } = read('index') as PoolIndex;
  const entries = new Map(kinds.map((entry) => [keyOf(entry), entry]));
  const files = new Map<string, PoolFile>();

  const definition = (name: string): JsonSchema => {
    const fileName = fileOf(name);
    const file = files.get(fileName) ?? (read(fileName) as PoolFile);
    files.set(fileName, file);
    const schema = file[name];
    if (!schema) throw new Error(`the schema pool has no definition ${name}`);
    return schema;
  };
  return {
    kinds,
    definition,
    entryFor: (name) => entries.get(keyOf(name)),
    otherVersions: (name) => kinds.filter((entry) => isOtherVersion(entry, name)),
    schemaFor: (entry) => {
      const $defs: Record<string, JsonSchema> = {};
      const collect = (schema: JsonSchema): void => {
        if (schema.$ref !== undefined) {
          const name = definitionOf(schema.$ref);
          if (!$defs[name]) {
            const copy = ($defs[name] = structuredClone(definition(name)));
            collect(copy);
          }
        }
        children(schema).forEach(collect);
      };
      const root = structuredClone(definition(entry.definition));
      collect(root);
      return { ...root, $defs };
    },
  };
}

function keyOf({ apiVersion, kind }: KindName): string {
  return `${apiVersion} ${kind}`;
}

// Ingress, Deployment and others began in the group `extensions` and left it for groups of their own.
function isOtherVersion(entry: KindEntry, { apiVersion, kind }: KindName): boolean {
  if (entry.kind !== kind || entry.apiVersion === apiVersion) return false;
  const group = groupOf(apiVersion);
  return group === groupOf(entry.apiVersion) || (group === 'extensions' && entry.project === 'kubernetes');
}
