import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { children, definitionOf, type JsonSchema } from '../server/src/schemas/json-schema.ts';
import { fileOf, type Origin, type PoolFile, type PoolIndex } from '../server/src/schemas/pool-format.ts';
import type { Described } from './kubernetes.ts';

/** A Go module that the pool was made from, where it lies in the module cache. */
export interface OriginFolder extends Omit<Origin, 'license'> {
  readonly folder: string;
}

/** Writes the pool's files, minified, with the definitions that a kind needs and no others. */
export async function writePool({ kinds, definitions }: Described, origins: readonly OriginFolder[], folder: string): Promise<void> {
  const files = new Map<string, PoolFile>();
  for (const name of reachable(
    kinds.map(({ definition }) => definition),
    definitions,
  )) {
    const schema = definitions.get(name);
    if (!schema) throw new Error(`a schema refers to ${name}, which is not defined`);
    const file = files.get(fileOf(name)) ?? {};
    file[name] = schema;
    files.set(fileOf(name), file);
  }
  await mkdir(folder, { recursive: true });
  const index: PoolIndex = { kinds };
  const write = (name: string, content: unknown): Promise<void> => writeFile(path.join(folder, `${name}.json`), JSON.stringify(content));
  await Promise.all([write('index', index), ...[...files].map(([name, content]) => write(name, content))]);
  await write('versions', await Promise.all(origins.map((origin) => withLicense(origin, folder))));
}

function reachable(roots: readonly string[], definitions: ReadonlyMap<string, JsonSchema>): Set<string> {
  const found = new Set<string>();
  const visit = (schema: JsonSchema): void => {
    if (schema.$ref !== undefined) add(definitionOf(schema.$ref));
    children(schema).forEach(visit);
  };
  const add = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    const schema = definitions.get(name);
    if (schema) visit(schema);
  };
  roots.forEach(add);
  return found;
}

// All of them are under this licence; another one must be looked at by a person before it is published.
async function withLicense({ folder: source, ...origin }: OriginFolder, folder: string): Promise<Origin> {
  const text = await readFile(path.join(source, 'LICENSE'), 'utf8');
  if (!/Apache License\s+Version 2\.0/.test(text))
    throw new Error(`${origin.module} ${origin.version} is not under the Apache License 2.0`);
  await writeFile(path.join(folder, 'LICENSE.txt'), text);
  return { ...origin, license: 'Apache-2.0' };
}
