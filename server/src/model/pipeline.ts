// What can be rendered. A pipeline is a name: it says what is meant, and stays the same while its sources change.

/** One thing that a controller or a tool renders. */
export type Pipeline =
  /** What `kustomize build` makes of a folder. */
  | { readonly kind: 'kustomization'; readonly directory: string }
  /** What `helm template` makes of a chart's folder or package; `values` is a file laid over the chart's own, empty for none. */
  | { readonly kind: 'chart'; readonly chart: string; readonly values: string }
  | ObjectPipeline;

/** What a controller makes of an object: a Flux Kustomization or HelmRelease, an Argo CD Application or ApplicationSet. */
export interface ObjectPipeline extends ObjectName {
  readonly kind: 'object';
  /** Where the object is found: written in a file, or among what another pipeline renders. */
  readonly within: { readonly kind: 'file'; readonly path: string } | Pipeline;
}

/** How an object is told from others in one place. */
export interface ObjectName {
  readonly group: string;
  readonly objectKind: string;
  /** Empty when the object names none. */
  readonly namespace: string;
  readonly name: string;
}

/** The folder or file that a pipeline begins with. */
export function beginningOf(pipeline: Pipeline): string {
  switch (pipeline.kind) {
    case 'kustomization':
      return pipeline.directory;
    case 'chart':
      return pipeline.chart;
    case 'object':
      return pipeline.within.kind === 'file' ? pipeline.within.path : beginningOf(pipeline.within);
  }
}

/**
 * A pipeline for people.
 *
 * @param placeOf A folder or file for people.
 */
export function pipelineLabel(pipeline: Pipeline, placeOf: (path: string) => string): string {
  switch (pipeline.kind) {
    case 'kustomization':
      return placeOf(pipeline.directory);
    case 'chart':
      return `chart ${placeOf(pipeline.chart)}${pipeline.values === '' ? '' : ` with ${placeOf(pipeline.values)}`}`;
    case 'object': {
      const { objectKind, name, within } = pipeline;
      const place = within.kind === 'file' ? placeOf(within.path) : pipelineLabel(within, placeOf);
      return `${objectKind} ${name || '(unnamed)'} (${place})`;
    }
  }
}
