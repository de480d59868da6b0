// Where an object that is to be rendered stands, for the engine to tell what comes from it.
import type { FoundObject } from './planning.ts';

/** Where the text of an object stands; `line` is the one that it begins at, from 1. */
interface ObjectPlace {
  readonly path: string;
  readonly line: number;
}

/** The place of an object's text; nothing for one that another pipeline renders. */
export function objectFileOf({ document, file }: FoundObject): { objectFile?: ObjectPlace } {
  const placed = file.documents.find((candidate) => candidate.document === document);
  return placed ? { objectFile: { path: file.path, line: file.lines.positionAt(placed.start).line + 1 } } : {};
}
