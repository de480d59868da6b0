// What is asked of an Argo CD Application.
import type { LoadRestrictor } from './build.ts';
import type { ObjectFile } from './object-file.ts';

/** What to render an Application with. Paths are absolute and `/`-separated. */
export interface ApplicationRequest {
  /** The Application, as YAML or JSON. */
  readonly object: string;
  /** What the host knows about each of its sources, in their order; a source without an entry is looked for elsewhere. */
  readonly sources: readonly ApplicationSourceRequest[];
  /** Where Argo CD runs: an Application in another namespace is named after it too. Empty for the Application's own. */
  readonly controllerNamespace: string;
  /** The cluster's Kubernetes version; empty for Helm's default. */
  readonly kubeVersion: string;
  /** API versions that the cluster has beyond Helm's defaults. */
  readonly apiVersions: readonly string[];
  /** That of kustomize.buildOptions. */
  readonly loadRestrictor: LoadRestrictor;
  /** Lets charts of kustomizations be inflated, as `--enable-helm` in kustomize.buildOptions does. */
  readonly enableHelm?: boolean;
  readonly tracking: Tracking;
  /** Whether to tell where each field comes from. */
  readonly trace?: boolean;
  /** Where the object's text stands, so that what comes from the object can be told; left out when it stands in no file as it is given. */
  readonly objectFile?: ObjectFile;
}

/** Where one source of an Application is. */
export interface ApplicationSourceRequest {
  /** The repository's working tree, or the chart's folder; empty when it lies elsewhere. */
  readonly root: string;
  /** The commit that the working tree is at, which `$ARGOCD_APP_REVISION` stands for; may be empty. */
  readonly revision: string;
}

/** How Argo CD marks the objects that belong to an Application. */
export interface Tracking {
  readonly method: 'none' | 'label' | 'annotation' | 'annotation+label';
  /** The key of the label. */
  readonly label: string;
  /** Tells several installations of Argo CD apart; empty for one. */
  readonly installationID: string;
}

/** What a rendering of an Application tells beside the YAML. */
export interface ApplicationDetails {
  readonly sources: readonly {
    /** Empty for a source that gives no manifests. */
    readonly type: '' | 'Kustomize' | 'Helm' | 'Directory' | 'Plugin';
    /** The folder that was rendered. */
    readonly path: string;
    /** The files that are laid over a chart's values, the strongest last. */
    readonly valueFiles: readonly string[];
    /** How many manifests came of it. */
    readonly manifests: number;
  }[];
}
