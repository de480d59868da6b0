// Why is this here? From a place in a rendering to where it comes from, and back.
import { TextDocument } from 'vscode-languageserver-textdocument';
import { isMap, isScalar } from 'yaml';
import { type OriginLink, type TracedPlace, originChain, originsBehind, tracedOrigin } from './origin-chain.ts';
import { type OriginPlace, offsetOf, placeOfLine, placeOfValue, placeOfVariables } from './origin-place.ts';
import type { Range } from '../../../protocol/src/range.ts';
import type { Trace, TracedFields } from '../engine/trace.ts';
import type { View } from '../model/view.ts';
import { documentAt } from '../workspace/source-file.ts';
import { type Snapshot, fileAt } from '../workspace/snapshot.ts';
import { type YamlDocument, isEmptyDocument, splitDocuments, treeOf, yamlDocument } from '../workspace/yaml-document.ts';
import { type YamlPath, nodeAt, pathAt, spanOf, textOf } from '../workspace/yaml-path.ts';

/** A rendering whose origins are known. */
export interface TracedRendering {
  /** Exactly as it was rendered. */
  readonly yaml: string;
  readonly trace: Trace;
}

/** A rendering as it is shown. */
export interface ShownRendering {
  readonly text: string;
  /** Which documents of the rendering are shown, counted from 0 among those with content. */
  readonly documents: readonly number[];
}

/** Where something rendered comes from. */
export interface Origin {
  /** The key or value that this is the origin of, in the text that is shown. */
  readonly rendered: Range;
  /** Where to go; undefined when the steps are known but not a place. */
  readonly place: OriginPlace | undefined;
  /** What touched it, the first first. */
  readonly chain: readonly OriginLink[];
  /** Keys of the chart's values that decide it. */
  readonly values: readonly string[];
}

/**
 * The origin of what stands at an offset of a rendering; undefined where it is unknown. A key has the origin of its value, and an
 * object or a list that of its first value, whose place is then not exact.
 *
 * @param shown The rendering as it is shown: it may have lines of comment above, values masked, and documents left out.
 * @param nameOf What a file is called, for people.
 */
export function originAt(
  view: View,
  { yaml, trace }: TracedRendering,
  { text: shown, documents }: ShownRendering,
  offset: number,
  nameOf: (path: string) => string,
): Origin | undefined {
  const at = placeIn(shown, offset);
  const index = documents[at?.document ?? -1] ?? -1;
  const document = documentIn(yaml, index);
  if (!at || !document) return undefined;
  const node = nodeAt(document.tree, at.path);
  const { snapshot } = view.graph;
  const found = trace.lines
    ? lineOrigin(trace, yaml, document.start + (at.on === 'key' ? at.keyOffset(document.tree) : spanOf(node).start))
    : fieldOrigin(trace, index, at.path);
  const origin = found && tracedOrigin(trace, found.number);
  if (!found || !origin) return undefined;
  const chain = originChain(trace, found.number, nameOf);
  const value = textOf(node)?.value ?? '';
  const place = origin.place && placeOf(snapshot, origin.place, origin.step?.field, found.line ?? firstLine(value), value);
  const isWhole = found.line !== undefined || found.isLeaf;
  const lines = TextDocument.create('', 'yaml', 0, shown);
  return {
    rendered: { start: lines.positionAt(at.start), end: lines.positionAt(at.end) },
    place: place && { ...place, exact: place.exact && isWhole },
    chain,
    values: [...new Set(chain.flatMap(({ values }) => values))],
  };
}

/** @param line Of the rendering, or of the value. */
function placeOf(snapshot: Snapshot, place: TracedPlace, step: string | undefined, line: string, value: string): OriginPlace {
  switch (step) {
    case 'template':
    case 'action':
      return placeOfLine(snapshot, place, step === 'action', line);
    case 'substitute':
      return placeOfVariables(snapshot, place);
    default:
      return placeOfValue(snapshot, place, value);
  }
}

const firstLine = (text: string): string => text.split('\n').find((line) => line.trim() !== '') ?? '';

/** Whether something stands at an offset of a rendering that could have an origin: a key or a value. */
export function isAtField(shown: string, offset: number): boolean {
  return placeIn(shown, offset) !== undefined;
}

/** The places of a rendering that come from what stands at an offset of a source file: from its line, for templates. */
export function renderedPlacesOf(view: View, { yaml, trace }: TracedRendering, path: string, offset: number): Range[] {
  const file = fileAt(view.graph.snapshot, path);
  if (!file) return [];
  const placed = documentAt(file, offset);
  const at = placed && pathAt(treeOf(placed.document), offset - placed.start);
  const line = file.lines.positionAt(offset).line + 1;
  const source = at && nodeAt(treeOf(placed.document), at.path);
  const begins = at && isScalar(source) ? placed.start + spanOf(source).start : undefined;
  // Two values in a line are told apart; a line of a template, or of a patch inside a kustomization, counts as a whole.
  const wholeLine = begins === undefined || begins < file.lines.offsetAt({ line: line - 1, character: 0 });
  const isFrom = (number: number): boolean =>
    originsBehind(trace, number).some(({ place, step }) => {
      if (place?.file !== path) return false;
      if (place.line === 0) return true;
      if (place.line !== line) return false;
      return wholeLine || step?.field === 'template' || step?.field === 'action' || offsetOf(file, place) === begins;
    });
  const lines = TextDocument.create('', 'yaml', 0, yaml);
  const range = (start: number, end: number): Range => ({ start: lines.positionAt(start), end: lines.positionAt(end) });
  if (trace.lines) {
    return trace.lines.flatMap((number, index) => {
      if (!isFrom(number)) return [];
      const start = lines.offsetAt({ line: index, character: 0 });
      const text = yaml.slice(start).split('\n', 1)[0] ?? '';
      return [range(start + text.length - text.trimStart().length, start + text.trimEnd().length)];
    });
  }
  return (trace.resources ?? []).flatMap(({ fields }, index) => {
    const paths = [...leavesOf(fields)].filter(({ number }) => isFrom(number)).map(({ path: leaf }) => leaf);
    const document = paths.length > 0 ? documentIn(yaml, index) : undefined;
    if (!document) return [];
    return paths.map((leaf) => {
      const { start, end } = spanOf(nodeAt(document.tree, leaf));
      const written = yaml.slice(document.start + start, document.start + end).trimEnd();
      return range(document.start + start, document.start + start + written.length);
    });
  });
}

interface FoundOrigin {
  readonly number: number;
  /** The line's text, for a render that knows lines. */
  readonly line: string | undefined;
  readonly isLeaf: boolean;
}

function lineOrigin(trace: Trace, yaml: string, offset: number): FoundOrigin | undefined {
  const before = yaml.slice(0, offset).split('\n');
  const number = trace.lines?.[before.length - 1];
  const start = offset - (before.at(-1)?.length ?? 0);
  return number === undefined ? undefined : { number, line: yaml.slice(start).split('\n', 1)[0] ?? '', isLeaf: true };
}

function fieldOrigin(trace: Trace, document: number, path: YamlPath): FoundOrigin | undefined {
  let fields: TracedFields | undefined = trace.resources?.[document]?.fields;
  for (const step of path) {
    if (fields === undefined || typeof fields === 'number') return undefined;
    fields = (fields as Readonly<Record<string | number, TracedFields>>)[step];
  }
  if (fields === undefined) return undefined;
  const [first] = leavesOf(fields);
  return first && { number: first.number, line: undefined, isLeaf: typeof fields === 'number' };
}

function* leavesOf(fields: TracedFields, path: YamlPath = []): Generator<{ readonly path: YamlPath; readonly number: number }> {
  if (typeof fields === 'number') {
    yield { path, number: fields };
  } else if (Array.isArray(fields)) {
    for (const [index, item] of (fields as readonly TracedFields[]).entries()) yield* leavesOf(item, [...path, index]);
  } else {
    for (const [key, value] of Object.entries(fields as Readonly<Record<string, TracedFields>>)) yield* leavesOf(value, [...path, key]);
  }
}

/** What stands at an offset of a rendering as it is shown. */
interface ShownPlace {
  readonly document: number;
  readonly path: YamlPath;
  readonly on: 'key' | 'value';
  readonly start: number;
  readonly end: number;
  /** The offset of the key in another tree of the same document. */
  readonly keyOffset: (tree: ReturnType<typeof treeOf>) => number;
}

function placeIn(shown: string, offset: number): ShownPlace | undefined {
  const documents = documentsWithContent(shown);
  const document = documents.findLastIndex(({ start }) => start <= offset);
  const found = documents[document];
  const at = found && pathAt(treeOf(found.document), offset - found.start);
  if (!found || !at) return undefined;
  const keyOffset = (tree: ReturnType<typeof treeOf>): number => {
    const parent = nodeAt(tree, at.path.slice(0, -1));
    if (!isMap(parent)) return spanOf(nodeAt(tree, at.path)).start;
    const key = parent.items.map((pair) => pair.key).find((node) => isScalar(node) && String(node.value) === at.path.at(-1));
    return spanOf(key ?? parent).start;
  };
  return { document, path: at.path, on: at.on, start: found.start + at.span.start, end: found.start + at.span.end, keyOffset };
}

interface ParsedDocument {
  readonly start: number;
  readonly tree: ReturnType<typeof treeOf>;
}

/** The documents of a text, parsed when they are asked for, but for those that are comments alone: a preview has such above. */
function documentsWithContent(text: string): { readonly start: number; readonly document: YamlDocument }[] {
  return splitDocuments(text)
    .map(({ start, end }) => ({ start, document: yamlDocument(text.slice(start, end)) }))
    .filter(({ document }) => !isEmptyDocument(document));
}

function documentIn(yaml: string, index: number): ParsedDocument | undefined {
  const found = documentsWithContent(yaml)[index];
  return found && { start: found.start, tree: treeOf(found.document) };
}
