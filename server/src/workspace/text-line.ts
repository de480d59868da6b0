// Ranges of whole lines.
import type { Range } from '../../../protocol/src/range.ts';
import type { SourceFile } from './source-file.ts';

/** The text of a line, counted from 1, from its first character that is no blank; the last line when there are fewer. */
export function lineRange(file: SourceFile, line: number): Range {
  const start = { line: Math.max(Math.min(line, file.lines.lineCount), 1) - 1, character: 0 };
  const text = lineText(file, start.line + 1);
  const indent = text.length - text.trimStart().length;
  return { start: { ...start, character: indent }, end: { ...start, character: text.length } };
}

/** The first line that says something. */
export function firstLineRange(file: SourceFile): Range {
  const line = file.text.split('\n').findIndex((text) => /^\s*[^\s#-]/.test(text));
  return lineRange(file, Math.max(line, 0) + 1);
}

/** A line, counted from 1, without blanks at its end; empty when there is no such line. */
export function lineText(file: SourceFile, line: number): string {
  return file.lines.getText({ start: { line: line - 1, character: 0 }, end: { line, character: 0 } }).trimEnd();
}

/** The beginning of any file. */
export const fileStart: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
