// What the client tells the server when it starts it, and the settings the server reads.

/** `initializationOptions` of the LSP `initialize` request. All have defaults: other editors may send nothing. */
export interface InitializationOptions {
  /** False in an untrusted workspace: nothing is rendered then. Default true. */
  readonly trusted?: boolean;
  /** Which build of the engine to hold; `auto` takes the native one where this platform has it. Default `auto`. */
  readonly engine?: 'auto' | 'native' | 'wasm';
  /** The folder with copies of what lies elsewhere, a path of this platform; when not given `DRYDOCK_SOURCES`, else the platform's own cache folder. */
  readonly cache?: string;
  /**
   * Globs (from the root of the file system) of files for which another extension of the editor brings a schema: with
   * {@link Settings.yaml} `auto`, schema checks, hover and completion of those are left to it. Default none.
   */
  readonly schemasElsewhere?: readonly string[];
}

/** The settings under `drydock.`, with these defaults. */
export interface Settings {
  readonly validate: { readonly enable: boolean };
  /** What happens for documents that Red Hat's YAML extension also serves: `auto` leaves it schema checks, hover and completion. */
  readonly yaml: { readonly schemaFeatures: 'auto' | 'on' | 'off' };
  readonly render: {
    /** Milliseconds after which a render is ended with an error. */
    readonly timeout: number;
    /** kustomize's `--load-restrictor`. */
    readonly loadRestrictor: 'LoadRestrictionsRootOnly' | 'LoadRestrictionsNone';
    /** kustomize's `--enable-helm`: `helmCharts` are inflated. */
    readonly enableHelm: boolean;
  };
  /** What charts see of a cluster. */
  readonly helm: {
    /** The Kubernetes version; empty for Helm's default. */
    readonly kubeVersion: string;
    /** API versions beyond those that Helm takes for granted. */
    readonly apiVersions: readonly string[];
  };
  /** The same for what lies in a folder, by its path from the workspace folder. */
  readonly clusters: Readonly<Record<string, { readonly kubeVersion?: string; readonly apiVersions?: readonly string[] }>>;
  readonly flux: {
    /** Variables that no rendering gives, by the name of the ConfigMap or Secret that `substituteFrom` wants. */
    readonly substitutions: Readonly<Record<string, Readonly<Record<string, string>>>>;
    /** kustomize-controller's feature gate `StrictPostBuildSubstitutions`: a variable without value and default is an error. */
    readonly strictSubstitution: boolean;
  };
  readonly argocd: {
    /** Address of an Argo CD that is asked through its own API server; empty for none. */
    readonly server: string;
    /** How Applications mark what they deploy; `none` leaves the marks out of renderings. */
    readonly trackingMethod: 'none' | 'label' | 'annotation' | 'annotation+label';
    /** The ApplicationSet controller's option of this name: in patterns of files, `*` stays within a folder. */
    readonly newGitFileGlobbing: boolean;
  };
  /** What lies elsewhere: bases, files, charts. */
  readonly sources: {
    /** Folders, relative to the workspace folder, that stand for what lies at an address. */
    readonly map: Readonly<Record<string, string>>;
    /** When something is fetched: never, when the user asks for it, or whenever a rendering misses it. */
    readonly fetch: 'never' | 'onRequest' | 'always';
  };
  /** Live clusters: which are shown, and what may be done there. */
  readonly cluster: {
    /** Kubeconfig files as the platform writes them; none for those of `KUBECONFIG`, or `~/.kube/config`. */
    readonly kubeconfig: readonly string[];
    /** Contexts that are left out; `*` stands for any text. */
    readonly hiddenContexts: readonly string[];
    /** Milliseconds that one answer of a cluster may take. */
    readonly timeout: number;
    /** Nothing is changed in any cluster. */
    readonly readOnly: boolean;
    /** Contexts where changes want the context's name typed; `*` stands for any text. */
    readonly productionContexts: readonly string[];
  };
  /** Larger files are left out, in megabytes (10^6 bytes). */
  readonly files: { readonly maxSize: number };
}

export const defaultSettings: Settings = {
  validate: { enable: true },
  yaml: { schemaFeatures: 'auto' },
  render: { timeout: 10_000, loadRestrictor: 'LoadRestrictionsRootOnly', enableHelm: false },
  helm: { kubeVersion: '', apiVersions: [] },
  clusters: {},
  flux: { substitutions: {}, strictSubstitution: false },
  argocd: { server: '', trackingMethod: 'none', newGitFileGlobbing: false },
  sources: { map: {}, fetch: 'onRequest' },
  cluster: { kubeconfig: [], hiddenContexts: [], timeout: 15_000, readOnly: false, productionContexts: ['*prod*'] },
  files: { maxSize: 5 },
};
