// Where the artifacts of Flux's sources come from: engine/internal/wire/flux_source.go.
import type { Source } from './source.ts';

/** Where the artifact of a source comes from. */
export interface FluxSource {
  /** Absolute, `/`-separated path of the folder that the artifact is made of; empty for a copy of `source`, and where `artifact` is given. */
  readonly root: string;
  /** The Git repository to take a copy of when there is no `root`. */
  readonly source: Source;
  /** The source's `spec.ignore`; empty for none. */
  readonly ignore: string;
  /** How the artifact is put together when there is neither. */
  readonly artifact?: AssembledArtifact;
}

/** An ExternalArtifact that an ArtifactGenerator puts together. */
export interface AssembledArtifact {
  readonly namespace: string;
  readonly name: string;
  /** The ArtifactGenerator, as YAML or JSON. */
  readonly generator: string;
  /** Those of `spec.sources`, by their aliases. */
  readonly sources: Readonly<Record<string, FluxSource>>;
}
