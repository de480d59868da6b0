/** A position as LSP counts it: zero-based line, zero-based UTF-16 code unit in the line. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Half-open: `end` is the first position behind. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}
