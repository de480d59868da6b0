// The templates that were being executed when one of them failed (Helm v4.2.4, pkg/engine; Go 1.26, text/template).
import type { Range } from '../../../../protocol/src/range.ts';
import { type Snapshot, fileAt } from '../../workspace/snapshot.ts';
import type { SourcePlace } from '../../model/blame.ts';
import { lineText } from '../../workspace/text-line.ts';
import { templateFile } from './chart-files.ts';

/** An error in the execution of templates. */
export interface ExecutionError {
  /** The places that were being executed, the outermost first, each once; those that lie in no file are left out. */
  readonly places: readonly SourcePlace[];
  /** The file that Helm names last. */
  readonly name: string;
  /** What is said behind the last place. */
  readonly words: string;
}

// Helm writes a frame on lines of its own, or, where it could not take the error apart, as text/template does:
//   shop/templates/a.yaml:2:6\n  executing "one" at <include "two" .>:\n    …
//   template: shop/templates/a.yaml:2:6: executing "one" at <include "two" .>: …
const frame = /(?:template: )?([^:\n]+):(\d+):(\d+)(?:: |\n +)executing "[^\n]*?" at <([^]*?)>:\s+/g;

/** The frames of an error; undefined when it is not one of executing templates. */
export function executionError(snapshot: Snapshot, chart: string, message: string): ExecutionError | undefined {
  const places = new Map<string, SourcePlace>();
  let last: { readonly name: string; readonly end: number } | undefined;
  for (const found of message.matchAll(frame)) {
    const [text, name = '', line, column, action = ''] = found;
    last = { name, end: found.index + text.length };
    const key = `${name}:${line}:${column}`;
    const path = places.has(key) ? undefined : templateFile(snapshot, chart, name);
    if (path !== undefined) places.set(key, { path, range: actionRange(snapshot, path, Number(line), Number(column), action) });
  }
  if (!last) return undefined;
  return { places: [...places.values()], name: last.name, words: message.slice(last.end) };
}

/**
 * Where an action of a template stands.
 *
 * @param line Counted from 1.
 * @param column Bytes from the beginning of the line to where text/template puts the error, which may be within the action.
 * @param action The action as text/template prints it, which is nearly as it is written.
 */
export function actionRange(snapshot: Snapshot, path: string, line: number, column: number, action: string): Range {
  const file = fileAt(snapshot, path);
  const at = (start: number, end: number): Range => ({
    start: { line: line - 1, character: start },
    end: { line: line - 1, character: end },
  });
  // The text of files that are not YAML, such as _helpers.tpl, is not known here.
  if (!file) return at(column, column + action.length);
  const text = lineText(file, line);
  const character = Buffer.from(text).subarray(0, column).toString().length;
  const begin = action === '' ? -1 : text.lastIndexOf(action, character);
  if (begin >= 0 && character <= begin + action.length) return at(begin, begin + action.length);
  const [word = ''] = /^[^\s}|)]*/.exec(text.slice(character)) ?? [];
  return at(character, character + word.length);
}
