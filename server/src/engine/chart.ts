// What is asked of Helm about charts that lie elsewhere. The engine's side is engine/internal/wire/chart_version.go and chart_package.go.

/** Which chart does a version or range mean? */
export interface ChartVersionRequest {
  /** Absolute, `/`-separated path of a chart repository's index.yaml; empty to choose among `tags`. */
  readonly index: string;
  /** Name of the chart in the index. */
  readonly name: string;
  /** The tags of an OCI registry's repository. */
  readonly tags: readonly string[];
  /** A version or a range; empty for the newest one. */
  readonly version: string;
}

/** The details of the answer. */
export interface ChosenVersion {
  /** The chart's version; a `+` in it is a `_` in the tag. */
  readonly version: string;
  /** Where the package is, possibly relative to the repository's URL; empty for a tag. */
  readonly url: string;
  /** SHA-256 of the package, where the index has it. */
  readonly digest: string;
}

/** Is a file a whole chart, and which? */
export interface ChartPackageRequest {
  /** Absolute, `/`-separated path of the package. */
  readonly file: string;
}

/** The details of the answer. */
export interface ChartIdentity {
  readonly name: string;
  readonly version: string;
}
