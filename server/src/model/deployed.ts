// What a pipeline renders in the end, by which tool: that is where the tool's errors come from.
import { type Graph } from './graph.ts';
import type { ObjectPipeline, Pipeline } from './pipeline.ts';
import { type DeclaredObject, objectNamed } from './object.ts';
import type { Reference } from './reference.ts';
import { type SourceFile } from '../workspace/source-file.ts';
import type { View } from './view.ts';
import { existing, fileAt } from '../workspace/snapshot.ts';
import { locate } from './repository.ts';
import { resolveFrom } from '../workspace/paths.ts';

/** What a pipeline renders in the end: a folder that kustomize builds, or a chart that Helm renders. */
export type Deployed = { readonly kind: 'kustomization'; readonly directory: string } | DeployedChart;

/** A chart and what it is rendered with. */
export interface DeployedChart {
  readonly kind: 'chart';
  /** The chart's folder or package. */
  readonly chart: string;
  /** Files laid over the chart's own values, the strongest last. */
  readonly valueFiles: readonly string[];
}

/** An object of a pipeline as it is written in a file. */
export interface WrittenObject {
  readonly file: SourceFile;
  readonly object: DeclaredObject;
  /** Its field with the folder of a repository that it deploys. */
  readonly path: Reference | undefined;
}

/** What a pipeline renders, as far as its own fields tell; undefined when that lies elsewhere, or another pipeline's rendering says it. */
export function deployedBy(view: View, pipeline: Pipeline): Deployed | undefined {
  if (pipeline.kind === 'kustomization') return pipeline;
  if (pipeline.kind === 'chart')
    return { kind: 'chart', chart: pipeline.chart, valueFiles: pipeline.values === '' ? [] : [pipeline.values] };
  const { graph, repositories } = view;
  const written = writtenObject(graph, pipeline);
  const target = written?.path?.target;
  if (!written || target?.kind !== 'repositoryPath') return undefined;
  const located = locate(graph, repositories, written.file, target.repository, target.path);
  if (!located || located.elsewhere !== undefined) return undefined;
  const isKustomization = graph.kustomizationAt(located.path) !== undefined;
  const isChart = existing(graph.snapshot, resolveFrom(located.path, 'Chart.yaml')) === 'file';
  // Of other folders Flux makes a kustomization.
  if (isKustomization || (!isChart && existing(graph.snapshot, located.path) === 'directory'))
    return { kind: 'kustomization', directory: located.path };
  return isChart ? { kind: 'chart', chart: located.path, valueFiles: [] } : undefined;
}

/** The object of a pipeline where a file declares it; undefined when it is part of another rendering, or gone. */
export function writtenObject(graph: Graph, { within, ...wanted }: ObjectPipeline): WrittenObject | undefined {
  const file = within.kind === 'file' ? fileAt(graph.snapshot, within.path) : undefined;
  if (!file) return undefined;
  const object = objectNamed(file, wanted);
  const path =
    object && graph.referencesFrom(file).find(({ placed, target }) => placed === object.placed && target.kind === 'repositoryPath');
  return object && { file, object, path };
}
