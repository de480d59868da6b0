// What is asked of the engine for a chart's effective values: engine/internal/wire/values.go.

/** What a chart's values are put together from, in the words of the command `helm template`. Paths are absolute and `/`-separated. */
export interface ValuesRequest {
  /** The chart's folder, or its package (.tgz). */
  readonly chart: string;
  /** Files with values; later ones win. */
  readonly valueFiles: readonly string[];
  /** YAML that wins over the files; empty for none. */
  readonly values: string;
  /** Single values as `path=value`, which win over the others. */
  readonly set: readonly string[];
  /** Like `set`; every value is text. */
  readonly setString: readonly string[];
}

/** Where a value comes from. Lines are 1-based. */
export type ValueOrigin =
  /** One of `valueFiles`, or the values.yaml of a chart in a folder. */
  | { readonly kind: 'file'; readonly file: string; readonly line: number }
  /** The values.yaml of a chart in a package; `member` is its path there. */
  | { readonly kind: 'package'; readonly file: string; readonly member: string; readonly line: number }
  | { readonly kind: 'inline'; readonly line: number }
  /** An entry of `set` or `setString`. */
  | { readonly kind: 'set' | 'setString'; readonly index: number };

/** A value that is no table and no list with something in it. */
export interface ValueLeaf {
  /** Keys of tables, and positions in lists. */
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  /** Null when it can't be told. */
  readonly origin: ValueOrigin | null;
  /** What stood at the same path, the last one first. */
  readonly overrode: readonly { readonly value: unknown; readonly origin: ValueOrigin }[];
}

/** What is told beside the merged values. */
export interface ValuesDetails {
  readonly leaves: readonly ValueLeaf[] | null;
}
