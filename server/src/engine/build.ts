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
}
