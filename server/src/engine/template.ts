// What is asked of Helm.

/** What to render a chart with, in the words of the command `helm template`. Paths are absolute and `/`-separated. */
export interface TemplateRequest {
  /** The chart's folder, or its package (.tgz). */
  readonly chart: string;
  /** Name of the release; empty for the chart's own name. */
  readonly release: string;
  readonly namespace: string;
  /** Files with values; later ones win. */
  readonly valueFiles: readonly string[];
  /** YAML that wins over the files; empty for none. */
  readonly values: string;
  /** Single values as `path=value`, which win over the others. */
  readonly set: readonly string[];
  /** Like `set`; every value is text. */
  readonly setString: readonly string[];
  /** Single values that stand in files, as `path=file`, which win over the others. */
  readonly setFile: readonly string[];
  readonly includeCRDs: boolean;
  /** Leaves out the hooks that are tests. */
  readonly skipTests: boolean;
  /** Leaves the charts' values.schema.json out. */
  readonly skipSchemaValidation: boolean;
  /** The cluster's Kubernetes version; empty for Helm's default. */
  readonly kubeVersion: string;
  /** API versions that the cluster has beyond Helm's defaults. */
  readonly apiVersions: readonly string[];
  /** Whether to tell where each line comes from. */
  readonly trace?: boolean;
}

/** What `helm template CHART` asks for without a flag: the release is named after the chart, in the namespace `default`. */
export function plainTemplate(chart: string): TemplateRequest {
  return {
    chart,
    release: '',
    namespace: 'default',
    valueFiles: [],
    values: '',
    set: [],
    setString: [],
    setFile: [],
    includeCRDs: false,
    skipTests: false,
    skipSchemaValidation: false,
    kubeVersion: '',
    apiVersions: [],
  };
}
