// What is asked of the engine for a HelmRelease: engine/internal/wire/helm_release.go.
import type { AssembledArtifact } from './flux-source.ts';
import type { ObjectFile } from './object-file.ts';
import type { Source } from './source.ts';

/** What Flux's helm-controller is given for a HelmRelease. Paths are absolute and `/`-separated. */
export interface HelmReleaseRequest {
  /** The HelmRelease, as YAML or JSON. */
  readonly object: string;
  /** The HelmChart that `spec.chartRef` names, as YAML or JSON; empty for other references. */
  readonly chartObject: string;
  /** The chart's folder or package; empty when `source` is given. */
  readonly chart: string;
  /**
   * The folder that a GitRepository or Bucket stands for, from which `valuesFiles` and local dependencies are found; empty for a chart of
   * a HelmRepository or OCIRepository.
   */
  readonly root: string;
  /** Where the chart comes from when there is no path of it: a Git repository, in which `spec.chart.spec.chart` is a path; or a chart. */
  readonly source: Source | undefined;
  /** The artifact that `spec.chartRef` names, when it is put together and neither `chart` nor `source` is given. */
  readonly artifact?: AssembledArtifact;
  /** The ConfigMaps and Secrets that `spec.valuesFrom` names, as YAML or JSON, as far as they are known. */
  readonly objects: readonly string[];
  /** The cluster's Kubernetes version; empty for Helm's default. */
  readonly kubeVersion: string;
  /** API versions that the cluster has beyond Helm's defaults. */
  readonly apiVersions: readonly string[];
  /** Adds the labels that helm-controller marks its objects with. */
  readonly originLabels: boolean;
  /** Whether to tell where each field comes from. */
  readonly trace?: boolean;
  /** Where the object's text stands, so that what comes from the object can be told; left out when it stands in no file as it is given. */
  readonly objectFile?: ObjectFile;
}

/** What is told of a HelmRelease beside its manifests. */
export interface HelmReleaseDetails {
  /** Name of the Helm release, shortened as helm-controller does. */
  readonly release: string;
  /** The release's namespace. */
  readonly namespace: string;
  /** The namespace of Helm's own record of the release. */
  readonly storageNamespace: string;
  /** The chart's name; empty when it was not found. */
  readonly chart: string;
  readonly version: string;
}
