// Our own documentation in docs/, one file a kind: better words where upstream's are thin, and examples.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { definitionOf, type JsonSchema } from '../server/src/schemas/json-schema.ts';
import type { Described } from './kubernetes.ts';

/** Words about one field, or about the kind itself. */
interface Words {
  readonly description?: string;
  /** YAML text: a value of the field, or for a kind, a whole object. */
  readonly example?: string;
  /** Upstream's page about just this. */
  readonly url?: string;
}

/** A file of docs/. */
interface KindWords extends Words {
  /** By path, such as `spec.sources[].repoURL`; `{}` steps into a map's values. */
  readonly fields?: Readonly<Record<string, Words>>;
}

/**
 * Puts our words into the definitions that they are about. Types that several kinds share are described once for all.
 *
 * @param folder Holds files named `<group>.<Kind>.yaml`.
 * @throws Error naming the file and the path, when there is no such kind or field.
 */
export async function addOwnWords({ kinds, definitions }: Described, folder: string): Promise<void> {
  for (const file of (await readdir(folder)).sort()) {
    const name = path.basename(file, '.yaml');
    const entries = kinds.filter(({ apiVersion, kind }) => `${apiVersion.split('/')[0] ?? ''}.${kind}` === name);
    if (entries.length === 0) throw new Error(`docs/${file}: no kind has this name; expected <group>.<Kind>.yaml`);
    const words = parse(await readFile(path.join(folder, file), 'utf8')) as KindWords;
    for (const { definition } of entries) {
      const root = definitions.get(definition);
      if (!root) throw new Error(`docs/${file}: ${definition} is not in the pool`);
      put(root, words);
      for (const [field, fieldWords] of Object.entries(words.fields ?? {})) {
        const schema = find(root, definitions, field);
        if (!schema) throw new Error(`docs/${file}: the kind has no field ${field}`);
        put(schema, fieldWords);
      }
    }
  }
}

function put(schema: JsonSchema, { description, example, url }: Words): void {
  if (description) schema.description = description.trim();
  if (example) schema.examples = [example.trimEnd()];
  if (url) schema.url = url;
}

function find(root: JsonSchema, definitions: ReadonlyMap<string, JsonSchema>, field: string): JsonSchema | undefined {
  const target = (schema: JsonSchema | undefined): JsonSchema | undefined =>
    schema?.$ref === undefined ? schema : target(definitions.get(definitionOf(schema.$ref)));
  let found: JsonSchema | undefined = root;
  for (const step of field.match(/[^.[\]{}]+|\[\]|\{\}/g) ?? []) {
    const inside: JsonSchema | undefined = target(found);
    if (step === '[]') found = inside?.items;
    else if (step === '{}') found = inside?.additionalProperties || undefined;
    else found = inside?.properties?.[step];
  }
  return found;
}
