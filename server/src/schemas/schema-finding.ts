// One thing that a schema finds wrong with a document, in words that say what to do; or nothing, where the controllers take it.
import { isMap } from 'yaml';
import type { FindingCode, SchemaFinding } from './finding.ts';
import { type Field, fieldAt } from './field.ts';
import type { KindEntry } from './pool-format.ts';
import type { SchemaPool } from './pool.ts';
import type { Span } from '../workspace/source-file.ts';
import type { TypedDocument } from './typed-document.ts';
import type { YamlProblem } from './yaml-problem.ts';
import type { YamlTree } from '../workspace/yaml-document.ts';
import { type YamlPath, nodeAt } from '../workspace/yaml-path.ts';
import { alternatives, fieldName, patternInWords, shortened } from './words.ts';
import { didYouMean } from '../workspace/did-you-mean.ts';
import { isSecretValue, maskedValue } from './secret-value.ts';
import { keySpan, pathOf, placesAt, scalarText } from './yaml-place.ts';
import { typeMismatch } from './type-mismatch.ts';

/** All that a finding is made from. */
export interface Place {
  readonly pool: SchemaPool;
  readonly entry: KindEntry;
  readonly typed: TypedDocument;
  readonly tree: YamlTree;
  readonly span: Span;
}

/** What a problem at a place is for the user; undefined when it is none. */
export function schemaFinding(place: Place, problem: YamlProblem): SchemaFinding | undefined {
  switch (problem.kind) {
    case 'unknown-field':
      return unknownField(place, problem.name);
    case 'missing-field':
      return missingField(place, problem.name);
    case 'wrong-type':
      return wrongType(place);
    case 'not-allowed':
    case 'wrong-value':
      return wrongValue(place, problem);
    case 'syntax':
    case 'ignored':
      return undefined;
  }
}

function finding({ span }: Place, code: FindingCode, path: YamlPath, message: string, replacement?: string): SchemaFinding {
  return {
    ...span,
    code,
    severity: 'error',
    message: message.charAt(0).toUpperCase() + message.slice(1),
    path,
    ...(replacement !== undefined && { replacement }),
  };
}

/** Keys that strategic merge patches hold beside the object's fields. */
const patchDirective = /^\$(?:patch|retainKeys|setElementOrder\/|deleteFromPrimitiveList\/)/;

function unknownField(place: Place, name: string): SchemaFinding | undefined {
  const { pool, entry, tree, span, typed } = place;
  if (typed.role === 'patch' && patchDirective.test(name)) return undefined;
  if (name === '_schema' && typed.document.text.slice(span.start, span.end).includes('$schema')) return undefined; // hidden by yaml-service.ts
  const path = pathOf(tree, span) ?? [name];
  const parent = path.slice(0, -1);
  // SOPS adds its record, and takes it away again when Flux or a plug-in decrypts the object.
  if (name === 'sops' && parent.length === 0 && isMap(nodeAt(tree, path))) return undefined;
  const schema = fieldAt(pool, entry, parent)?.schema;
  const known = Object.entries(schema?.properties ?? {}).filter(([, field]) => !field.deprecationMessage && !field.doNotSuggest);
  const names = known.map(([field]) => field);
  const meant = didYouMean(name, names);
  const where = parent.length === 0 ? `of ${entry.kind}` : `of ${fieldName(parent)}`;
  const hint = meant
    ? ` Did you mean \`${meant}\`?`
    : names.length <= 8 && names.length > 0
      ? ` It has ${alternatives(names).replace(/ or (?=[^ ]*$)/, ' and ')}.`
      : '';
  return finding(place, 'unknown-field', path, `\`${name}\` is not a field ${where}.${hint}`, meant);
}

function missingField(place: Place, name: string): SchemaFinding | undefined {
  const { pool, entry, tree, span, typed } = place;
  // Labels with `includeSelectors` write the selector of a workload that has none.
  if (typed.role === 'patch' || (typed.role === 'kustomized' && name === 'selector')) return undefined;
  // It is reported at the key that holds the object, at an object in a list, or at the document's first character.
  const lacks = (path: YamlPath): boolean =>
    (fieldAt(pool, entry, path)?.schema.required?.includes(name) ?? false) && nodeAt(tree, [...path, name]) === undefined;
  const parent = placesAt(tree, span.start).find(({ path }) => lacks(path))?.path ?? [];
  const shown = keySpan(tree, parent.length === 0 ? ['kind'] : parent) ?? span;
  const owner = parent.length === 0 ? entry.kind : fieldName(parent);
  const path = [...parent, name];
  if (typed.role === 'applied')
    return finding({ ...place, span: shown }, 'missing-field', path, `${owner} needs \`${name}\`, which is missing.`);
  const patched = finding(
    { ...place, span: shown },
    'missing-field',
    path,
    `${owner} needs \`${name}\`, which is missing unless a kustomization adds it.`,
  );
  return { ...patched, severity: 'warning' };
}

function wrongType(place: Place): SchemaFinding | undefined {
  const { pool, entry, tree, span, typed } = place;
  const written = typed.document.text.slice(span.start, span.end);
  const path = pathOf(tree, span) ?? [];
  const field = fieldAt(pool, entry, path);
  if (isNothing(written)) return field?.required && typed.role !== 'patch' ? emptyRequired(place, path) : undefined;
  if (!field || isSubstituted(written) || (field.schema.type === 'boolean' && isOldBoolean(written))) return undefined;
  const secret = isSecretValue(entry.kind, path);
  const { message, replacement } = typeMismatch(field.schema, path, nodeAt(tree, path), secret ? maskedValue : written);
  return finding(place, 'wrong-type', path, message, secret ? undefined : replacement);
}

/** The API server takes `field:` with nothing behind it for a field that is not there. */
function isNothing(written: string): boolean {
  return /^(?:|~|null|Null|NULL)$/.test(written.trim());
}

/** YAML 1.1, which Kubernetes tools read, has more words for true and false. */
function isOldBoolean(written: string): boolean {
  return /^(?:y|yes|n|no|on|off)$/i.test(written);
}

function emptyRequired(place: Place, path: YamlPath): SchemaFinding {
  const span = keySpan(place.tree, path) ?? place.span;
  return finding({ ...place, span }, 'missing-field', path, `${fieldName(path)} needs a value.`);
}

/** Flux puts values in place of `${…}`, and of what SOPS encrypted, before anything looks at their types. */
function isSubstituted(written: string): boolean {
  return /\$\{[^}]*\}|^["']?ENC\[AES256_GCM,/.test(written);
}

function wrongValue(place: Place, problem: YamlProblem & { readonly kind: 'not-allowed' | 'wrong-value' }): SchemaFinding | undefined {
  const { pool, entry, tree, span, typed } = place;
  const written = typed.document.text.slice(span.start, span.end);
  if (isSubstituted(written) || isNothing(written)) return undefined;
  if (problem.kind === 'wrong-value') {
    // It is reported for the whole entry, key and value.
    const legacy = placesAt(tree, span.start).find(({ path }) => fieldAt(pool, entry, path)?.schema.deprecationMessage === problem.message);
    const key = legacy && keySpan(tree, legacy.path);
    if (key) return { ...finding({ ...place, span: key }, 'deprecated-field', legacy.path, problem.message), severity: 'warning' };
  }
  const path = pathOf(tree, span) ?? [];
  const field = fieldAt(pool, entry, path);
  if (problem.kind === 'not-allowed') {
    const text = scalarText(nodeAt(tree, path)) ?? written;
    if (text === '' && entry.project === 'kubernetes') return undefined; // empty text counts as not given there
    const texts = problem.values.filter((value) => typeof value === 'string');
    const meant = didYouMean(text, texts);
    const hint = meant ? ` Did you mean \`${meant}\`?` : '';
    return finding(
      place,
      'wrong-value',
      path,
      `${fieldName(path)} cannot be \`${shortened(text)}\`.${hint} It takes ${alternatives(problem.values)}.`,
      meant,
    );
  }
  return finding(place, 'wrong-value', path, valueMessage(field, path, written, problem.message));
}

function valueMessage(field: Field | undefined, path: YamlPath, written: string, message: string): string {
  const pattern = field?.schema.pattern;
  if (pattern !== undefined && message.startsWith('String does not match the pattern')) {
    return `${fieldName(path)} must be ${patternInWords(pattern)}, not \`${shortened(written)}\`.`;
  }
  return `${fieldName(path)}: ${lowerFirst(message)}`;
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
