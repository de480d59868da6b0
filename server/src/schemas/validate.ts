// From yaml-language-server's diagnostics to findings that say what is wrong and what to do.
import { isMap, isScalar, isSeq, type ParsedNode } from 'yaml';
import { nodeAt, type YamlPath } from '../workspace/yaml-path.ts';
import type { Span } from '../workspace/source-file.ts';
import { treeOf, type YamlTree } from '../workspace/yaml-document.ts';
import { didYouMean } from '../workspace/did-you-mean.ts';
import { fieldAt, type Field } from './field.ts';
import type { FindingCode, SchemaFinding } from './finding.ts';
import type { JsonSchema } from './json-schema.ts';
import { keySpan, pathOf, placesAt, scalarText } from './yaml-place.ts';
import type { KindEntry } from './pool-format.ts';
import type { SchemaPool } from './pool.ts';
import type { TypedDocument } from './typed-document.ts';
import { isSecretValue, maskedValue } from './secret-value.ts';
import { endOfStructure, syntaxMessage } from './syntax-message.ts';
import { impossibleToCheck, tooMuchToCheck } from './unchecked.ts';
import { unservedVersion } from './unserved-version.ts';
import { alternatives, fieldName, patternInWords, typeInWords } from './words.ts';
import { problemOf, type YamlProblem } from './yaml-problem.ts';
import type { YamlService } from './yaml-service.ts';

/** Checks one document: its YAML, and with a kind that the pool knows, its fields. */
export async function validate(pool: SchemaPool, yaml: YamlService, typed: TypedDocument): Promise<readonly SchemaFinding[]> {
  const tooMuch = tooMuchToCheck(typed.document);
  if (tooMuch) return [tooMuch];
  try {
    return await findingsIn(pool, yaml, typed);
  } catch (error) {
    return [impossibleToCheck(typed.document, error)];
  }
}

async function findingsIn(pool: SchemaPool, yaml: YamlService, typed: TypedDocument): Promise<readonly SchemaFinding[]> {
  const { document, kind } = typed;
  const entry = kind && pool.entryFor(kind);
  const text = yaml.document(document.text, entry);
  const diagnostics = await yaml.diagnostics(text);
  const findings = diagnostics.flatMap((diagnostic): SchemaFinding[] => {
    const span = { start: text.offsetAt(diagnostic.range.start), end: text.offsetAt(diagnostic.range.end) };
    const problem = problemOf(diagnostic);
    if (problem.kind === 'syntax') return [syntaxFinding(document.text, span, problem.message)];
    const finding = entry && schemaFinding({ pool, entry, typed, tree: treeOf(document), span }, problem);
    return finding ? [withoutLineEnd(document.text, finding)] : [];
  });
  if (kind && !entry) findings.push(...unservedVersion(pool, treeOf(document), kind));
  return believable(
    document.text,
    findings.sort((one, other) => one.start - other.start),
  );
}

/** A block's range goes on to the next key; what is marked should not. */
function withoutLineEnd(text: string, finding: SchemaFinding): SchemaFinding {
  const marked = text.slice(finding.start, finding.end);
  return { ...finding, end: finding.start + (marked.trimEnd().length || marked.length) };
}

/**
 * What is worth saying of findings in their order. Behind a syntax error the tree is a guess, and so is what it lacks;
 * and one mistake often makes several errors in its line.
 */
function believable(text: string, findings: readonly SchemaFinding[]): SchemaFinding[] {
  const broken = findings.find(({ code, severity }) => code === 'yaml-syntax' && severity === 'error')?.start;
  if (broken === undefined) return [...findings];
  let lastLine: number | undefined;
  return findings.filter(({ code, start, end, message }) => {
    if (code === 'duplicate-key') return true;
    if (code !== 'yaml-syntax') return code !== 'missing-field' && end < broken;
    const line = text.lastIndexOf('\n', start);
    const isFirst = line !== lastLine && !(message === endOfStructure && lastLine !== undefined);
    lastLine = line;
    return isFirst;
  });
}

function syntaxFinding(text: string, { start, end }: Span, message: string): SchemaFinding {
  if (message.startsWith('Map keys must be unique')) {
    const key = /^(?:"[^"\n]*"|'[^'\n]*'|[^\s:][^:\n]*)/.exec(text.slice(start))?.[0] ?? '';
    return {
      start,
      end: start + key.length,
      code: 'duplicate-key',
      severity: 'error',
      message: `\`${key.replace(/^["']|["']$/g, '')}\` is there twice. Remove one of the two.`,
      path: [],
    };
  }
  // Errors at the end of a line or file have no extent; one character makes them visible.
  const visible = end > start ? end : Math.min(start + 1, text.length);
  const severity = message.startsWith('Unresolved tag') ? 'warning' : 'error';
  return {
    start: Math.min(start, Math.max(0, visible - 1)),
    end: visible,
    code: 'yaml-syntax',
    severity,
    message: syntaxMessage(message),
    path: [],
  };
}

/** All that a finding is made from. */
interface Place {
  readonly pool: SchemaPool;
  readonly entry: KindEntry;
  readonly typed: TypedDocument;
  readonly tree: YamlTree;
  readonly span: Span;
}

function schemaFinding(place: Place, problem: YamlProblem): SchemaFinding | undefined {
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

function typeMismatch(
  schema: JsonSchema,
  path: YamlPath,
  node: ParsedNode | undefined,
  written: string,
): { message: string; replacement?: string } {
  const name = fieldName(path);
  const types = [schema.type ?? []].flat();
  if (isScalar(node)) {
    if (types.includes('string') && typeof node.value !== 'string') {
      const what = typeof node.value === 'boolean' ? 'true or false' : 'a number';
      return {
        message: `${name} must be text, but YAML reads \`${written}\` as ${what}. Put it in quotes: \`"${written}"\`.`,
        replacement: `"${written}"`,
      };
    }
    const text = typeof node.value === 'string' ? node.value.trim() : '';
    const unquoted = types.includes('boolean')
      ? /^(?:true|false)$/
      : types.some((type) => type === 'integer' || type === 'number')
        ? /^-?\d+$/
        : /^(?!)/;
    if (unquoted.test(text))
      return { message: `${name} must be ${typeInWords(schema)}, but in quotes it is text. Write \`${text}\`.`, replacement: text };
    return { message: `${name} must be ${typeInWords(schema)}, not \`${shortened(written)}\`.` };
  }
  const found = isSeq(node) ? 'a list' : 'a mapping';
  return { message: `${name} must be ${typeInWords(schema)}, not ${found}.` };
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

function shortened(written: string): string {
  const [line = ''] = written.trim().split('\n');
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}
