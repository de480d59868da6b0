// The outline of a rendering: its resources.
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Range } from '../../../protocol/src/range.ts';
import { resourcesIn } from './rendered-resources.ts';
import type { Span } from '../workspace/source-file.ts';

/** A resource in the outline of a rendering. */
export interface RenderedSymbol {
  /** Kind and name: `Deployment shop`. */
  readonly name: string;
  /** The namespace; empty where there is none. */
  readonly detail: string;
  /** All its fields. */
  readonly range: Range;
  /** Where its name is written, else its first character. */
  readonly selectionRange: Range;
}

/** The resources of a preview's text as symbols. */
export function renderedSymbols(text: string): RenderedSymbol[] {
  const lines = TextDocument.create('', '', 0, text);
  const rangeOf = ({ start, end }: Span): Range => ({ start: lines.positionAt(start), end: lines.positionAt(end) });
  return resourcesIn(text).map(({ kind, namespace, name, nameSpan, content }) => ({
    name: `${kind || '(no kind)'} ${name || '(unnamed)'}`,
    detail: namespace,
    range: rangeOf(content),
    selectionRange: rangeOf(nameSpan ?? { start: content.start, end: content.start }),
  }));
}
