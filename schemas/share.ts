// Custom resource definitions repeat their types in every place where they are used: ApplicationSet's holds that of an
// application's source over two hundred times. Here equal parts become one definition.
import { children, refTo, type JsonSchema } from '../server/src/schemas/json-schema.ts';

/** Shorter parts are not worth a reference (characters of JSON). */
const worthSharing = 160;

/**
 * Puts equal parts of schemas into definitions. A part's own description is no part of it: it belongs to the place.
 *
 * @param roots Whole schemas by definition name; they stay definitions of these names, and are changed.
 * @param file Of the pool; the new definitions' names begin with it.
 */
export function share(roots: ReadonlyMap<string, JsonSchema>, file: string): Map<string, JsonSchema> {
  const uses = new Map<string, number>();
  for (const root of roots.values()) count(root, uses);
  const definitions = new Map<string, JsonSchema>();
  const names = new Map<string, string>();
  const taken = new Set(roots.keys());

  const replaced = (schema: JsonSchema, place: string): JsonSchema => {
    const text = partText(schema);
    if (schema.$ref || text.length < worthSharing || (uses.get(text) ?? 0) < 2) return replaceInside(schema, place);
    let name = names.get(text);
    if (!name) {
      name = freeName(`${file}:${typeName(place)}`, taken);
      names.set(text, name);
      definitions.set(name, replaceInside(partOf(schema), place));
    }
    return {
      ...(schema.description !== undefined && { description: schema.description }),
      ...(schema.default !== undefined && { default: schema.default }),
      $ref: refTo(name),
    };
  };
  const replaceInside = (schema: JsonSchema, place: string): JsonSchema => {
    const copy = { ...schema };
    if (copy.properties) {
      copy.properties = Object.fromEntries(Object.entries(copy.properties).map(([name, property]) => [name, replaced(property, name)]));
    }
    if (copy.items) copy.items = replaced(copy.items, place);
    if (copy.additionalProperties) copy.additionalProperties = replaced(copy.additionalProperties, place);
    return copy;
  };
  for (const [name, root] of roots) definitions.set(name, replaceInside(root, name));
  return definitions;
}

function count(schema: JsonSchema, uses: Map<string, number>): void {
  const text = partText(schema);
  const before = uses.get(text) ?? 0;
  uses.set(text, before + 1);
  if (before > 0) return; // what is inside was counted with the first one
  for (const child of children(schema)) count(child, uses);
}

/** A schema without what belongs to its place. */
function partOf(schema: JsonSchema): JsonSchema {
  const part = { ...schema };
  delete part.description;
  delete part.default;
  return part;
}

const partTexts = new WeakMap<JsonSchema, string>();

function partText(schema: JsonSchema): string {
  const known = partTexts.get(schema);
  if (known !== undefined) return known;
  const text = JSON.stringify(partOf(schema));
  partTexts.set(schema, text);
  return text;
}

/** `sources` → `Source`, `syncPolicy` → `SyncPolicy`. */
function typeName(place: string): string {
  const singular = place.endsWith('ies') ? `${place.slice(0, -3)}y` : place.replace(/(?<=ch|sh|x)es$|(?<![su])s$/, '');
  return singular.charAt(0).toUpperCase() + singular.slice(1);
}

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = wanted + String(number);
  taken.add(name);
  return name;
}
