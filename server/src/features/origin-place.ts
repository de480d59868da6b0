// Where in a source file a rendered value is written, and whether it is still there.
import type { Range } from '../../../protocol/src/range.ts';
import type { TracedPlace } from './origin-chain.ts';
import { type SourceFile, documentAt } from '../workspace/source-file.ts';
import { type Snapshot, fileAt } from '../workspace/snapshot.ts';
import { nodeAt, pathAt, spanOf, textOf } from '../workspace/yaml-path.ts';
import { treeOf } from '../workspace/yaml-document.ts';

/** A place in a file. */
export interface OriginPlace {
  readonly path: string;
  readonly range: Range;
  /** Whether the value was found there: the file may have changed since the render, or be none of the workspace's. */
  readonly exact: boolean;
}

/** The place of a rendered value. The text is the value, or for templates the line. */
export function placeOfValue(snapshot: Snapshot, place: TracedPlace, rendered: string): OriginPlace {
  const file = fileAt(snapshot, place.file);
  const start = { line: Math.max(0, place.line - 1), character: 0 };
  if (!file || place.line === 0) {
    const exact = file !== undefined && isMadeFrom(rendered, file.text);
    return { path: place.file, range: { start, end: start }, exact };
  }
  const offset = offsetOf(file, place);
  const key = keyAt(file, offset);
  if (rendered !== '' && key?.toLowerCase().startsWith(rendered.toLowerCase())) {
    return { path: file.path, range: rangeIn(file, offset, offset + key.length), exact: true }; // of a generator's list, for the kind
  }
  const span = scalarAt(file, offset);
  if (span && isMadeFrom(rendered, span.value)) return { path: file.path, range: rangeIn(file, span.start, span.end), exact: true };
  const written = [rendered, `"${rendered}"`, `'${rendered}'`].find((text) => rendered !== '' && file.text.startsWith(text, offset));
  if (written !== undefined) return { path: file.path, range: rangeIn(file, offset, offset + written.length), exact: true };
  const [line = ''] = file.text.slice(offset).split(/\r?\n/, 1);
  return { path: file.path, range: rangeIn(file, offset, offset + line.trimEnd().length), exact: isMadeFrom(rendered, line) };
}

/** The place of a text with variables, which Flux puts values in. */
export function placeOfVariables(snapshot: Snapshot, place: TracedPlace): OriginPlace {
  const file = place.line > 0 ? fileAt(snapshot, place.file) : undefined;
  const span = file && scalarAt(file, offsetOf(file, place));
  if (!file || !span?.value.includes('${')) return placeOfValue(snapshot, place, '');
  return { path: file.path, range: rangeIn(file, span.start, span.end), exact: true };
}

/** The place of a template's line. */
export function placeOfLine(snapshot: Snapshot, place: TracedPlace, isAction: boolean, rendered: string): OriginPlace {
  const file = fileAt(snapshot, place.file);
  if (!file) {
    const start = { line: Math.max(0, place.line - 1), character: 0 };
    return { path: place.file, range: { start, end: start }, exact: false };
  }
  const line = file.text.split('\n')[place.line - 1] ?? '';
  const from = line.length - line.trimStart().length;
  const range = {
    start: { line: place.line - 1, character: from },
    end: { line: place.line - 1, character: Math.max(from, line.trimEnd().length) },
  };
  return { path: file.path, range, exact: isAction ? line.includes('{{') || line.includes('}}') : line.trim().includes(rendered.trim()) };
}

/** The offset of a traced place in a file. */
export function offsetOf(file: SourceFile, { line, column }: TracedPlace): number {
  const start = file.lines.offsetAt({ line: line - 1, character: 0 });
  const end = file.lines.offsetAt({ line, character: 0 });
  const before = Array.from(file.text.slice(start, end))
    .slice(0, Math.max(0, column - 1))
    .join('');
  return start + before.length;
}

function scalarAt(file: SourceFile, offset: number): { value: string; start: number; end: number } | undefined {
  const placed = documentAt(file, offset);
  if (!placed) return undefined;
  const tree = treeOf(placed.document);
  const at = pathAt(tree, offset - placed.start);
  const node = at?.on === 'value' ? nodeAt(tree, at.path) : undefined;
  const text = textOf(node);
  const span = spanOf(node);
  return text && placed.start + span.start === offset ? { value: text.value, start: offset, end: placed.start + span.end } : undefined;
}

/** The key that begins at an offset; undefined for none. */
function keyAt(file: SourceFile, offset: number): string | undefined {
  const placed = documentAt(file, offset);
  if (!placed) return undefined;
  const at = pathAt(treeOf(placed.document), offset - placed.start);
  const key = at?.path.at(-1);
  return at?.on === 'key' && placed.start + at.span.start === offset && typeof key === 'string' ? key : undefined;
}

function rangeIn(file: SourceFile, start: number, end: number): Range {
  return { start: file.lines.positionAt(start), end: file.lines.positionAt(end) };
}

/** Whether a rendered value can be made from what is written: it is that, has it in it, or encodes it. */
function isMadeFrom(rendered: string, written: string): boolean {
  const value = written.trim();
  const [, assigned = ''] = /^[^=\s]+=(.*)$/s.exec(value) ?? [];
  const parts = [value, assigned, assigned.replace(/^(["'])(.*)\1$/s, '$2')].filter((part) => part !== '');
  if (parts.some((part) => rendered.includes(part))) return true;
  if (value === '') return rendered === '';
  return parts.some((part) => Buffer.from(part).toString('base64') === rendered) || Buffer.from(written).toString('base64') === rendered;
}
