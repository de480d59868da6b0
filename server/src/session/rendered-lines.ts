// From the lines of an object that was rendered to the lines of the files that they come from.
import { isScalar } from 'yaml';
import type { PlacedLine } from '../features/annotated-values.ts';
import { type TracedRendering, originAt } from '../features/origin.ts';
import type { View } from '../model/view.ts';
import { type SourceFile, documentAt } from '../workspace/source-file.ts';
import { fileAt } from '../workspace/snapshot.ts';
import { type YamlDocument, splitDocuments, treeOf } from '../workspace/yaml-document.ts';
import { type YamlPath, nodeAt, pathAt, spanOf, textOf } from '../workspace/yaml-path.ts';

/** The line of a file that a line of an object comes from, both from 1; undefined when it can't be told. */
export function lineFrom(view: View, traced: TracedRendering, object: YamlDocument, line: number): PlacedLine | undefined {
  const tree = treeOf(object);
  const lines = object.text.split('\n');
  const begin = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const first = begin + (/^[\s-]*/.exec(lines[line - 1] ?? '')?.[0].length ?? 0);
  const at = pathAt(tree, first);
  const node = at && nodeAt(tree, at.path);
  if (!at || !isScalar(node)) return undefined;
  const begins = object.text.slice(0, spanOf(node).start).split('\n').length;
  return linesOfText(view, traced, object, at.path)?.(Math.max(1, line - begins));
}

/**
 * The lines of files that the lines of a text come from, which stands in an object of a rendering; undefined when that can't be told. Lines
 * are counted from 1.
 */
export function linesOfText(
  view: View,
  traced: TracedRendering,
  object: YamlDocument,
  path: YamlPath,
): ((line: number) => PlacedLine | undefined) | undefined {
  const start = traced.yaml.indexOf(object.text);
  const node = nodeAt(treeOf(object), path);
  const written = textOf(node);
  if (start < 0 || !written) return undefined;
  const shown = { text: traced.yaml, documents: [...splitDocuments(traced.yaml).keys()] };
  const place = originAt(view, traced, shown, start + spanOf(node).start, (file) => file)?.place;
  const file = place && fileAt(view.graph.snapshot, place.path);
  if (!place?.exact || !file) return undefined;
  const isEncoded = object.identity.kind === 'Secret' && path[0] === 'data';
  const value = isEncoded ? Buffer.from(written.value, 'base64').toString() : written.value;
  const begin = file.lines.offsetAt(place.range.start);
  const source = scalarAt(file, begin);
  if (begin === 0 && isMadeFrom(value, file.text)) return (line) => ({ path: file.path, line });
  if (source && isMadeFrom(value, source.value)) return (line) => ({ path: file.path, line: source.line + (source.isBlock ? line : 0) });
  return value.includes('\n') ? undefined : () => ({ path: file.path, line: place.range.start.line + 1 });
}

/** Whether a text is written so, line by line, but for variables that Flux puts values in. */
function isMadeFrom(value: string, written: string): boolean {
  const lines = value.trimEnd().split('\n');
  const source = written.trimEnd().split('\n');
  return lines.length === source.length && lines.every((line, index) => line === source[index] || source[index]?.includes('${') === true);
}

interface WrittenText {
  readonly value: string;
  /** The line that it begins at, from 1; of a block the one above its first. */
  readonly line: number;
  readonly isBlock: boolean;
}

function scalarAt(file: SourceFile, offset: number): WrittenText | undefined {
  const placed = documentAt(file, offset);
  const tree = placed && treeOf(placed.document);
  const at = tree && pathAt(tree, offset - placed.start);
  const node = at && nodeAt(tree, at.path);
  const text = textOf(node);
  if (!placed || !text || !isScalar(node)) return undefined;
  const line = file.lines.positionAt(placed.start + text.span.start).line + 1;
  return { value: text.value, line, isBlock: node.type === 'BLOCK_LITERAL' };
}
