import { Range } from 'vscode';
import type { Range as ProtocolRange } from '../../protocol/src/range.ts';

/** A range of the protocol as the editor's own; both count lines and UTF-16 code units from zero. */
export function editorRange({ start, end }: ProtocolRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
