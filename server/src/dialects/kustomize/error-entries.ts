// Entries of a kustomization, and lines of what it names, that kustomize's words (api v0.21.2) single out without their place.
import type { Range } from '../../../../protocol/src/range.ts';
import type { Graph, KustomizationFolder } from '../../model/graph.ts';
import { type PlacedDocument, type SourceFile, type Span, rangeOf } from '../../workspace/source-file.ts';
import { type YamlPath, entriesOf, itemsOf, nodeAt, textAt, textOf } from '../../workspace/yaml-path.ts';
import { declaredObject, kindOf } from '../../model/object.ts';
import { lineRange, lineText } from '../../workspace/text-line.ts';
import { fileAt } from '../../workspace/snapshot.ts';
import { treeOf } from '../../workspace/yaml-document.ts';

/** Where an error comes from. */
export interface ErrorPlace {
  readonly file: SourceFile;
  readonly range: Range;
}

// Words with the name that an entry of a list has, the lists, and where the name stands in an entry.
const namedEntries: readonly (readonly [words: RegExp, fields: readonly string[], name: YamlPath])[] = [
  [/Name:"([^"]*)", Namespace:"[^"]*"\} (?:does not exist|exists); /, ['configMapGenerator', 'secretGenerator'], ['name']],
  [/nothing selected by [^/\s]*\/([^.\s]+)\./, ['replacements'], ['source', 'name']],
  [/multiple matches for selector [^/\s]*\/([^.\s]+)\./, ['replacements'], ['source', 'name']],
  [/is missing for replacement source [^/\s]*\/?([\w-]+)/, ['replacements'], ['source', 'name']],
  [/resource with name (\S+) does not match a config/, ['replicas'], ['name']],
  [/^(?:configmap|secret) (\S+) illegally repeats the key/, ['configMapGenerator', 'secretGenerator'], ['name']],
  [/var '([^']+)'/, ['vars'], ['name']],
];

/** The entry that the words name by the name in it. */
export function namedEntry({ file }: KustomizationFolder, message: string): ErrorPlace | undefined {
  for (const [words, fields, path] of namedEntries) {
    const [, wanted] = words.exec(message) ?? [];
    if (wanted === undefined) continue;
    for (const placed of file.documents) {
      const tree = treeOf(placed.document);
      for (const item of fields.flatMap((field) => itemsOf(tree, nodeAt(tree, [field])))) {
        const name = textAt(tree, path, item);
        if (name?.value === wanted) return at(file, placed, name.span);
      }
    }
  }
  return undefined;
}

/** Where a replacement has the path of a field that its target lacks. */
export function fieldPathEntry({ file }: KustomizationFolder, message: string): ErrorPlace | undefined {
  const [, wanted] = /unable to (?:find|find or create) field "?([^"\s]+)"? in replacement target/.exec(message) ?? [];
  if (wanted === undefined) return undefined;
  for (const placed of file.documents) {
    const tree = treeOf(placed.document);
    const targets = itemsOf(tree, nodeAt(tree, ['replacements'])).flatMap((item) => itemsOf(tree, nodeAt(tree, ['targets'], item)));
    const paths = targets.flatMap((target) => itemsOf(tree, nodeAt(tree, ['fieldPaths'], target))).flatMap((item) => textOf(item) ?? []);
    const written = paths.find(({ value }) => value === wanted);
    if (written) return at(file, placed, written.span);
  }
  return undefined;
}

/** Where a JSON patch that does not apply has the path that the words tell. */
export function jsonPatchPath(graph: Graph, { file }: KustomizationFolder, message: string): ErrorPlace | undefined {
  const [, quoted, bare] = /(?:error in \w+ for path: '([^']+)'|(?:missing path:|testing value) (\/\S*?)(?::|\s|$))/.exec(message) ?? [];
  const pointer = quoted ?? bare;
  if (pointer === undefined) return undefined;
  const patches = graph.referencesFrom(file).flatMap(({ target, field }) => {
    const patch = target.kind === 'path' && field.startsWith('patches') ? fileAt(graph.snapshot, target.path) : undefined;
    return patch ? [patch] : [];
  });
  const written = [file, ...patches].flatMap((each) => places(each, pointer));
  // Two patches with one path: which of them is meant is not told.
  return written.length === 1 ? written[0] : undefined;
}

function places(file: SourceFile, pointer: string): ErrorPlace[] {
  return [...file.text.matchAll(/(path["']?:\s*["']?)(\/[^"'\s,}]*)/g)].flatMap(({ index, 1: before = '', 2: written = '' }) => {
    const start = index + before.length;
    if (written !== pointer) return [];
    return [{ file, range: { start: file.lines.positionAt(start), end: file.lines.positionAt(start + pointer.length) } }];
  });
}

/** The second of two keys of one name, in a file of the kustomization; the words tell lines of a document, and no file. */
export function doubleKey(graph: Graph, { file }: KustomizationFolder, message: string): ErrorPlace | undefined {
  const [, second, key, first] = /line (\d+): mapping key "([^"]*)" already defined at line (\d+)/.exec(message) ?? [];
  if (key === undefined) return undefined;
  for (const { target } of graph.referencesFrom(file)) {
    const named = target.kind === 'path' ? fileAt(graph.snapshot, target.path) : undefined;
    for (const { start, document } of named?.documents ?? []) {
      if (!named) continue;
      // The `---` line is no part of the document that kustomize reads.
      const before = named.lines.positionAt(start).line + (document.text.startsWith('---') ? 1 : 0);
      if ([first, second].every((line) => hasKey(lineText(named, before + Number(line)), key)))
        return { file: named, range: lineRange(named, before + Number(second)) };
    }
  }
  return undefined;
}

function hasKey(line: string, key: string): boolean {
  return [...line.matchAll(/(?:^|[{,])\s*(?:- +)*["']?(.*?)["']?\s*:/g)].some(([, written]) => written === key);
}

/** The object without a name. */
export function namelessObject(graph: Graph, { file }: KustomizationFolder, message: string): ErrorPlace | undefined {
  const [, kind] = /missing metadata\.name in object \{\{\S* (\w+)\}/.exec(message) ?? [];
  const [, entry] = /(?:accumulating|merging) resources from '([^']*)': missing metadata\.name/.exec(message) ?? [];
  const target = graph.referencesFrom(file).find(({ text }) => text === entry)?.target;
  const named = target?.kind === 'path' ? fileAt(graph.snapshot, target.path) : undefined;
  for (const placed of named?.documents ?? []) {
    const object = named && kindOf(placed, named.path)?.kind === kind ? declaredObject(named, placed) : undefined;
    if (named && object?.name === '') return at(named, placed, object.span);
  }
  return undefined;
}

/** The key of a field at a kustomization's first level. */
export function fieldKey({ file }: KustomizationFolder, field: string): ErrorPlace | undefined {
  for (const placed of file.documents) {
    const tree = treeOf(placed.document);
    const entry = entriesOf(tree, nodeAt(tree, [])).find(({ key }) => key === field);
    if (entry) return at(file, placed, entry.keySpan);
  }
  return undefined;
}

function at(file: SourceFile, placed: PlacedDocument, span: Span): ErrorPlace {
  return { file, range: rangeOf(file, placed, span) };
}
