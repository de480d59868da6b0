// Where an object that is rendered stands: engine/internal/wire/object_file.go.

/** Where the text of an object stands, if it stands in a file as it was given. */
export interface ObjectFile {
  /** Absolute, `/`-separated. */
  readonly path: string;
  /** The line that the text begins at, from 1. */
  readonly line: number;
}
