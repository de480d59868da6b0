// From the words of kustomize's error to the line that caused it. The words are kustomize's (api v0.21.2); where they
// name nothing that is written in the sources, the kustomization itself is the place.
import type { Graph, KustomizationFolder } from '../../model/graph.ts';
import { type PlacedDocument, type SourceFile, type Span, rangeOf } from '../../workspace/source-file.ts';
import { declaredObject, kindOf } from '../../model/object.ts';
import { entriesOf, itemsOf, nodeAt, textAt, textOf } from '../../workspace/yaml-path.ts';
import type { Reference } from '../../model/reference.ts';
import { fileAt } from '../../workspace/snapshot.ts';
import { type ErrorPlace, doubleKey, fieldKey, fieldPathEntry, jsonPatchPath, namedEntry, namelessObject } from './error-entries.ts';
import { firstLineRange, lineRange } from '../../workspace/text-line.ts';
import { resolveFrom } from '../../workspace/paths.ts';
import { treeOf, yamlDocument } from '../../workspace/yaml-document.ts';

/** An {@link ErrorPlace}, and whether the error's words name it. */
export interface FoundPlace extends ErrorPlace {
  readonly named: boolean;
}

/**
 * The place that a failed build complains of.
 *
 * @param directory The folder that was built.
 * @param message What `kustomize build` says, without `Error: `.
 * @returns Undefined when there is no kustomization in the folder.
 */
export function errorPlace(graph: Graph, directory: string, message: string): FoundPlace | undefined {
  const folder = graph.kustomizationAt(innermostFolder(message) ?? directory) ?? graph.kustomizationAt(directory);
  if (!folder) return undefined;
  const named = namedPlace(graph, folder, message);
  return named ? { ...named, named: true } : { file: folder.file, range: firstLineRange(folder.file), named: false };
}

function namedPlace(graph: Graph, folder: KustomizationFolder, message: string): ErrorPlace | undefined {
  return (
    malformedFile(graph, folder, message) ??
    malformedKustomization(folder, message) ??
    patchWithoutTarget(graph, folder, message) ??
    inlinePatchWithoutTarget(folder, message) ??
    jsonPatchPath(graph, folder, message) ??
    namedEntry(folder, message) ??
    fieldPathEntry(folder, message) ??
    doubleKey(graph, folder, message) ??
    namelessObject(graph, folder, message) ??
    namedReference(graph, folder, message) ??
    namedField(folder, message)
  );
}

// `recursed accumulation of path '/repo/base': …` wraps the error of the folder that it names; of what lies elsewhere the
// engine tells the file that names it.
function innermostFolder(message: string): string | undefined {
  const wrapped = [...message.matchAll(/(?:recursed accumulation of path|couldn't make target for path) '([^']+)'/g)].at(-1)?.[1];
  return wrapped ?? /^not fetched: '.*?' in (.+?)\/[^/]+(?:, '|$)/.exec(message)?.[1];
}

function malformedFile(graph: Graph, { directory }: KustomizationFolder, message: string): ErrorPlace | undefined {
  const [, line, name] = /MalformedYAMLError: yaml: (?:line (\d+): )?.* in File: (.+?)(?:'|$)/.exec(message) ?? [];
  const file = name === undefined ? undefined : fileAt(graph.snapshot, resolveFrom(directory, name));
  return file && lineOf(file, Number(line ?? 1) + linesBeforeBroken(file));
}

// Lines are counted from the document that is malformed, its `---` line apart.
function linesBeforeBroken({ documents, lines }: SourceFile): number {
  const broken = documents.find(({ document }) => treeOf(document).errors.length > 0);
  return broken && broken !== documents[0] ? lines.positionAt(broken.start).line + 1 : 0;
}

function malformedKustomization({ file }: KustomizationFolder, message: string): ErrorPlace | undefined {
  const [, line] = /invalid Kustomization: yaml: line (\d+):/.exec(message) ?? [];
  return line === undefined ? undefined : lineOf(file, Number(line));
}

// `no matches for Id Deployment.v1.apps/web.[noNs]`: the patch that declares this object.
const unmatchedId = /no matches for Id (\w+)\.\S*\/([^.\s]+)\./;

function patchWithoutTarget(graph: Graph, { file }: KustomizationFolder, message: string): ErrorPlace | undefined {
  const [, kind, name] = unmatchedId.exec(message) ?? [];
  if (kind === undefined) return undefined;
  for (const { target, field } of graph.referencesFrom(file)) {
    const patch = target.kind === 'path' && field.startsWith('patches') ? fileAt(graph.snapshot, target.path) : undefined;
    for (const placed of patch?.documents ?? []) {
      const object = patch && kindOf(placed, patch.path)?.kind === kind ? declaredObject(patch, placed) : undefined;
      if (patch && object && object.name === name) return at(patch, placed, object.span);
    }
  }
  return undefined;
}

function inlinePatchWithoutTarget({ file }: KustomizationFolder, message: string): ErrorPlace | undefined {
  const [, kind, name] = unmatchedId.exec(message) ?? [];
  if (kind === undefined) return undefined;
  for (const placed of file.documents) {
    const tree = treeOf(placed.document);
    for (const entry of itemsOf(tree, nodeAt(tree, ['patches'])).flatMap((item) => entriesOf(tree, item))) {
      const patch = entry.key === 'patch' ? yamlDocument(textOf(entry.value)?.value ?? '') : undefined;
      if (patch?.identity.kind === kind && textAt(treeOf(patch), ['metadata', 'name'])?.value === name)
        return at(file, placed, entry.keySpan);
    }
  }
  return undefined;
}

// The last thing in the message that is also written in the kustomization is nearest to the cause. What is written there
// twice is meant in the field that kustomize was at.
function namedReference(graph: Graph, { file }: KustomizationFolder, message: string): ErrorPlace | undefined {
  const mentioned = graph
    .referencesFrom(file)
    .map((reference) => ({ reference, position: lastMention(message, reference) }))
    .filter(({ position }) => position >= 0)
    .sort((a, b) => b.position - a.position || Number(isAsked(message, b.reference)) - Number(isAsked(message, a.reference)))[0];
  return mentioned && (brokenFile(graph, mentioned.reference) ?? at(file, mentioned.reference.placed, mentioned.reference.span));
}

// "unable to parse SM or JSON patch": the file is named rightly, and what is wrong is in it.
function brokenFile(graph: Graph, { target }: Reference): ErrorPlace | undefined {
  const file = target.kind === 'path' ? fileAt(graph.snapshot, target.path) : undefined;
  for (const placed of file?.documents ?? []) {
    const [error] = treeOf(placed.document).errors;
    if (file && error) return at(file, placed, { start: error.pos[0], end: error.pos[1] });
  }
  return undefined;
}

function isAsked(message: string, { field }: Reference): boolean {
  return fieldsAsked(message).includes(field);
}

function lastMention(message: string, { text, target }: Reference): number {
  const written = [text, ...(target.kind === 'path' ? [target.path] : [])];
  const quoted = written.flatMap((name) => [`'${name}'`, `"${name}"`, `[${name}]`, `path: ${name}\n`]);
  return Math.max(...quoted.map((name) => message.lastIndexOf(name)));
}

// What kustomize was doing, where it says no more than that, and the fields that ask for it.
const fieldsByWords: readonly (readonly [RegExp, readonly string[]])[] = [
  [/nothing selected by|fieldPath|replacement|for selector|target must specify resources/i, ['replacements']],
  [
    /operation does not apply|operation failed|error in \w+ for path|testing value|Unexpected kind|wrong node kind|parsing regexp|patch/i,
    ['patches', 'patchesJson6902', 'patchesStrategicMerge'],
  ],
  [/HelmChartInflationGenerator/, ['helmCharts', 'helmChartInflationGenerator']],
  [/loading KV pairs|generator|must have a name$/i, ['configMapGenerator', 'secretGenerator', 'generators']],
  [/unable to load builtin|fails configuration|external plugin/, ['transformers', 'generators', 'validators']],
  [/loading CRDs/, ['crds']],
  [/Go struct field TransformerConfig/, ['configurations']],
  [/sortOptions/, ['sortOptions']],
  [/^accumulating resources: accumulation err='accumulating resources from ''/, ['resources']],
  [/^var '/, ['vars']],
  [/^resource with name .* does not match a config/, ['replicas']],
  [/accumulating components/, ['components']],
  [/apiVersion for \w+ should be/, ['apiVersion']],
  [/invalid schema file|OpenAPI version/, ['openapi']],
  [/namespace transformation produces ID conflict/, ['namespace']],
];

function fieldsAsked(message: string): readonly string[] {
  return fieldsByWords.filter(([words]) => words.test(message)).flatMap(([, fields]) => fields);
}

function namedField(folder: KustomizationFolder, message: string): ErrorPlace | undefined {
  const [, unknown] = /unknown field "([^"]+)"/.exec(message) ?? [];
  const [, mistyped] = /Go struct field (?!TransformerConfig|\w+Plugin)\w+\.([\w.]+) of type/.exec(message) ?? [];
  const wanted = [unknown, mistyped?.split('.')[0], ...fieldsAsked(message)];
  for (const field of wanted) {
    const place = field === undefined ? undefined : fieldKey(folder, field);
    if (place) return place;
  }
  return undefined;
}

function at(file: SourceFile, placed: PlacedDocument, span: Span): ErrorPlace {
  return { file, range: rangeOf(file, placed, span) };
}

function lineOf(file: SourceFile, line: number): ErrorPlace {
  return { file, range: lineRange(file, line) };
}
