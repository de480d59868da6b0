// What is asked of the ApplicationSet controller, and what it answers. The engine's side is
// engine/internal/wire/application_set.go.

/** A Git repository that lies on this machine as a working tree. */
export interface WorkingTree {
  readonly url: string;
  /** What the working tree stands for, a branch for instance; empty when it stands for all revisions. */
  readonly revision: string;
  /** Absolute, `/`-separated path. */
  readonly root: string;
}

/** What to generate Applications from. */
export interface ApplicationSetRequest {
  /** The ApplicationSet, YAML or JSON. */
  readonly object: string;
  readonly repositories: readonly WorkingTree[];
  /** YAML with what Argo CD would learn from its cluster and over the network (docs/applicationset-fixture.md); empty for none. */
  readonly fixture: string;
  /** The clusters that a running Argo CD knows; they count where the fixture says nothing of clusters. */
  readonly live?: LiveClusters;
  /** The controller's option: in patterns of files, `*` stays within a folder. */
  readonly newGitFileGlobbing: boolean;
}

/** The clusters that a running Argo CD has Secrets for, sorted by the names of the Secrets. */
export interface LiveClusters {
  /** Where and when they were read, for people. */
  readonly from: string;
  readonly clusters: readonly {
    readonly name: string;
    readonly server: string;
    readonly project: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  }[];
}

/** The `details` of a rendered ApplicationSet; the Applications without an error are the YAML, in this order. */
export interface GeneratedApplications {
  readonly applications: readonly GeneratedApplication[];
  readonly errors: readonly GenerationError[];
  /** Why the controller does nothing at all, in its words; empty when it makes the Applications without an error. */
  readonly controllerError: string;
  /** Where the clusters come from that a generator asked for: `fixture`, or what the request said; not given when none asked, or nobody knows. */
  readonly clustersFrom?: string;
}

/** An Application, or why there is none for a set of parameters. */
export interface GeneratedApplication {
  /** Empty when the template could not be rendered. */
  readonly name: string;
  readonly namespace: string;
  /** Where in the ApplicationSet its parameters come from, as in `spec.generators[0].git`. */
  readonly generator: string;
  readonly params: Readonly<Record<string, unknown>> | null;
  /** Number, from 1, of the step in which a RollingSync updates it. */
  readonly step?: number;
  /** Parameters that the template names and that there are not; only without goTemplate. */
  readonly unresolved?: readonly string[];
  readonly error?: string;
  /** Where in the ApplicationSet the error is. */
  readonly field?: string;
}

/** What keeps Applications from being generated. */
export interface GenerationError {
  /** Where in the ApplicationSet, as in `spec.generators[0].list.elements[2]`. */
  readonly path: string;
  readonly message: string;
}
