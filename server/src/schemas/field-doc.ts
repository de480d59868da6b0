// What is known about a field, as data; render-field-doc.ts shows it.
import type { YamlPath } from '../workspace/yaml-path.ts';
import { fieldAt, followed } from './field.ts';
import type { Json, JsonSchema } from './json-schema.ts';
import type { KindEntry } from './pool-format.ts';
import type { KindName } from '../workspace/kind-name.ts';
import type { SchemaPool } from './pool.ts';
import { reflow } from './reflow.ts';
import { patternInWords, projectNames } from './words.ts';

/** What a field means, and what it takes. */
export interface FieldDoc {
  /** The field's name; the kind's name for the kind itself. */
  readonly name: string;
  /** As Go writes it: `string`, `[]string`, `map[string]Quantity`. */
  readonly type: string;
  readonly required: boolean;
  readonly default?: Json;
  /** All values that it accepts. */
  readonly values?: readonly Json[];
  /** What its text must look like, completing "must be …". */
  readonly format?: string;
  readonly deprecation?: string;
  /** Markdown. */
  readonly description?: string;
  /** YAML text. */
  readonly example?: string;
  /** Upstream's page, and what to call it. */
  readonly page: { readonly url: string; readonly title: string };
}

/**
 * Describes a field of a kind, or the kind when the path is empty; undefined when the schema has no such field. An item
 * of a list is described as the list.
 */
export function describe(pool: SchemaPool, kind: KindName, place: YamlPath): FieldDoc | undefined {
  const path = place.slice(0, place.findLastIndex((step) => typeof step === 'string') + 1);
  const entry = pool.entryFor(kind);
  const field = entry && fieldAt(pool, entry, path);
  if (!entry || !field) return undefined;
  const { schema } = field;
  const { text, deprecation } = splitDeprecation(schema.description ?? '');
  const why = schema.deprecationMessage ?? deprecation ?? (path.length === 0 ? entry.deprecation : undefined);
  const values = schema.enum ?? schema.items?.enum ?? (schema.const !== undefined ? [schema.const] : undefined);
  const { $comment: example } = schema;
  return {
    name: String(path.at(-1) ?? entry.kind),
    type: path.length === 0 ? entry.apiVersion : typeName(pool, schema, field.typeName),
    required: field.required && path.length > 0,
    page: { url: pageOf(pool, entry, path), title: pageTitle(entry) },
    ...(schema.default !== undefined && { default: schema.default }),
    ...(values && { values }),
    ...(schema.pattern !== undefined && { format: patternInWords(schema.pattern) }),
    ...(why !== undefined && { deprecation: reflow(why) }),
    ...(text && { description: reflow(text) }),
    ...(example !== undefined && { example }),
  };
}

/** The page about the field, or about the nearest one around it that has a page. */
function pageOf(pool: SchemaPool, entry: KindEntry, path: YamlPath): string {
  for (let depth = path.length; depth > 0; depth--) {
    const url = fieldAt(pool, entry, path.slice(0, depth))?.schema.url;
    if (url !== undefined) return url;
  }
  return entry.url;
}

function pageTitle({ project, kind, version }: KindEntry): string {
  return `${projectNames[project]} ${version.replace(/^v/, '')}: ${kind}`;
}

/** Go marks deprecation by a paragraph or sentence that begins so. */
function splitDeprecation(description: string): { text: string; deprecation?: string } {
  const match = /(?:^|\n|\. )(?:Deprecated|DEPRECATED)[:.]\s*([^\n]+(?:\n(?!\n)[^\n]+)*)/.exec(description);
  if (!match) return { text: description };
  const text = `${description.slice(0, match.index)}${match[0].startsWith('. ') ? '.' : ''}${description.slice(match.index + match[0].length)}`;
  return { text: text.trim(), deprecation: match[1] ?? '' };
}

/** Inlined types of custom resources have no name of their own. */
function typeName(pool: SchemaPool, schema: JsonSchema, name: string | undefined): string {
  if (schema.items) {
    const items = followed(pool, schema.items);
    return `[]${typeName(pool, items.schema, items.typeName)}`;
  }
  if (schema.additionalProperties) {
    const values = followed(pool, schema.additionalProperties);
    return `map[string]${typeName(pool, values.schema, values.typeName)}`;
  }
  const types = [schema.type ?? []].flat().filter((type) => type !== 'null');
  if (name && !['Time', 'MicroTime', 'IntOrString'].includes(name)) return name;
  return types.join(' or ') || 'any';
}
