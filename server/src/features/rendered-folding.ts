// What of a rendering can be folded: each resource, and each block of lines in it.
import { resourcePlaces } from './rendered-resources.ts';

/** Lines that fold under their first one; counted from zero, both included. */
export interface Fold {
  readonly startLine: number;
  readonly endLine: number;
}

/** The folds of a preview's text, in the order of their first lines. */
export function renderedFolds(text: string): Fold[] {
  const lines = text.split('\n');
  const starts = lineStarts(lines);
  const resources = resourcePlaces(text).map(({ content }) => ({
    startLine: lineAt(starts, content.start),
    endLine: lineAt(starts, content.end),
  }));
  const folds = resources.flatMap((resource) => [resource, ...blocksIn(lines, resource)]);
  return folds.filter(({ startLine, endLine }) => endLine > startLine);
}

interface OpenBlock {
  readonly line: number;
  readonly indent: number;
  /** An item of a list, which ends where the next one begins; a key's list may begin as far left as the key. */
  readonly isItem: boolean;
}

function blocksIn(lines: readonly string[], { startLine, endLine }: Fold): Fold[] {
  const folds: Fold[] = [];
  const open: OpenBlock[] = [];
  let last = startLine;
  const close = (block: OpenBlock): void => void folds.push({ startLine: block.line, endLine: last });
  for (let line = startLine; line <= endLine; line += 1) {
    const text = lines[line] ?? '';
    const indent = text.search(/\S/);
    if (indent < 0) continue;
    const isItem = /^ *-(?: |$)/.test(text);
    for (let block = open.at(-1); block && endsBefore(block, indent, isItem); block = open.at(-1)) {
      close(block);
      open.pop();
    }
    open.push({ line, indent, isItem });
    last = line;
  }
  for (const block of open.toReversed()) close(block);
  // The first line's block is none where it stands for the whole resource.
  return folds.filter((fold) => fold.startLine !== startLine || fold.endLine !== endLine).sort((a, b) => a.startLine - b.startLine);
}

function endsBefore(block: OpenBlock, indent: number, isItem: boolean): boolean {
  return indent < block.indent || (indent === block.indent && (block.isItem || !isItem));
}

function lineStarts(lines: readonly string[]): number[] {
  let at = 0;
  return lines.map((line) => {
    const start = at;
    at += line.length + 1;
    return start;
  });
}

/** The line that holds an offset. */
function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
