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
  /** Where fields mean the same as another kind's: our path to `<group>.<Kind> <path>` of the other. */
  readonly like?: Readonly<Record<string, string>>;
}

/**
 * Puts our words into the definitions that they are about. Types that several kinds share are described once for all.
 *
 * @param folder Holds files named `<group>.<Kind>.yaml`.
 * @throws Error naming the file and the path, when there is no such kind or field.
 */
export async function addOwnWords({ kinds, definitions }: Described, folder: string): Promise<void> {
  const files = await Promise.all(
    (await readdir(folder)).sort().map(async (file) => [path.basename(file, '.yaml'), await read(folder, file)] as const),
  );
  const words = new Map(files);
  for (const [name, kindWords] of words) {
    const entries = kinds.filter(({ apiVersion, kind }) => `${apiVersion.split('/')[0] ?? ''}.${kind}` === name);
    if (entries.length === 0) throw new Error(`docs/${name}.yaml: no kind has this name; expected <group>.<Kind>.yaml`);
    for (const { definition } of entries) {
      const root = definitions.get(definition);
      if (!root) throw new Error(`docs/${name}.yaml: ${definition} is not in the pool`);
      put(root, kindWords);
      for (const [field, fieldWords] of [...likeFields(name, kindWords, words), ...Object.entries(kindWords.fields ?? {})]) {
        const schema = find(root, definitions, field);
        if (!schema) throw new Error(`docs/${name}.yaml: the kind has no field ${field}`);
        put(schema, fieldWords);
      }
    }
  }
}

async function read(folder: string, file: string): Promise<KindWords> {
  return parse(await readFile(path.join(folder, file), 'utf8')) as KindWords;
}

function likeFields(name: string, { like = {} }: KindWords, words: ReadonlyMap<string, KindWords>): [field: string, Words][] {
  return Object.entries(like).flatMap(([here, reference]) => {
    const [kind = '', there = ''] = reference.split(' ');
    const fields = words.get(kind)?.fields;
    if (!fields) throw new Error(`docs/${name}.yaml: there are no words about ${kind}`);
    const inside = Object.entries(fields).filter(([field]) => field.startsWith(`${there}.`));
    return inside.map(([field, fieldWords]): [string, Words] => [here + field.slice(there.length), fieldWords]);
  });
}

function put(schema: JsonSchema, { description, example, url }: Words): void {
  if (description) schema.description = description.trim();
  if (example) schema.$comment = example.trimEnd();
  if (url) schema.url = url;
}

function valuesOf(schema: JsonSchema | undefined): JsonSchema | undefined {
  return typeof schema?.additionalProperties === 'object' ? schema.additionalProperties : undefined;
}

function find(root: JsonSchema, definitions: ReadonlyMap<string, JsonSchema>, field: string): JsonSchema | undefined {
  const target = (schema: JsonSchema | undefined): JsonSchema | undefined =>
    schema?.$ref === undefined ? schema : target(definitions.get(definitionOf(schema.$ref)));
  let found: JsonSchema | undefined = root;
  for (const step of field.match(/[^.[\]{}]+|\[\]|\{\}/g) ?? []) {
    const inside: JsonSchema | undefined = target(found);
    if (step === '[]') found = inside?.items;
    else if (step === '{}') found = valuesOf(inside);
    else found = inside?.properties?.[step];
  }
  return found;
}
