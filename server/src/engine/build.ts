// What is asked of kustomize.

/** Which files a kustomization may load: kustomize's own words. */
export type LoadRestrictor = 'LoadRestrictionsRootOnly' | 'LoadRestrictionsNone';

/** What to render a kustomization with. */
export interface BuildRequest {
  /** Absolute, `/`-separated path of the kustomization's folder. */
  readonly directory: string;
  readonly loadRestrictor: LoadRestrictor;
  /** Whether to tell where each field comes from. */
  readonly trace?: boolean;
  /** Lets `helmCharts` be inflated; without it kustomize refuses them. */
  readonly enableHelm?: boolean;
  /** The cluster's Kubernetes version for charts, over what `helmCharts` says. */
  readonly helmKubeVersion?: string;
  /** The cluster's additional API versions for charts, over what `helmCharts` says. */
  readonly helmApiVersions?: readonly string[];
}
