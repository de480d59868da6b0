import type { Finding } from '../rules/rule.ts';
import type { View } from '../model/view.ts';
import type { ObjectPipeline, Pipeline } from '../model/pipeline.ts';
import { type DeclaredObject, declaredObject } from '../model/object.ts';
import { type SourceFile, rangeOf } from '../workspace/source-file.ts';
import { fileAt } from '../workspace/snapshot.ts';
import { resolveFrom } from '../workspace/paths.ts';
import { type ErrorPlace, errorPlace } from '../dialects/kustomize/error-place.ts';

/** A finding and the file that it is in. */
export interface FindingIn {
  readonly path: string;
  readonly finding: Finding;
}

/** The code of findings that come from rendering. */
export const renderCode = 'render';

const notFetched = 'Not rendered: this lies elsewhere, and there is no copy of it yet.';

/** Whether a finding says that something was not fetched. */
export function isNotFetched({ code, message }: { readonly code?: unknown; readonly message: unknown }): boolean {
  return code === renderCode && message === notFetched;
}

// What kustomize could render, and Drydock does not: no mistake of the sources, and there is nothing to mend.
const limits: readonly (readonly [RegExp, string])[] = [
  [/^not fetched: /, notFetched],
  [
    /HelmChartInflationGenerator[^]*must specify --enable-helm$/,
    'Not rendered: Drydock does not render Helm charts yet. kustomize does, with `--enable-helm`.',
  ],
];

/** A failed render as a finding on the source line that caused it; none when what was to be rendered is not there. */
export function renderFinding(view: View, pipeline: Pipeline, failure: string): FindingIn | undefined {
  const place = placeOf(view, pipeline, failure);
  const limit = limits.find(([words]) => words.test(failure))?.[1];
  const told =
    limit === undefined ? ({ severity: 'error', message: failure } as const) : ({ severity: 'warning', message: limit } as const);
  return place && { path: place.file.path, finding: { code: renderCode, ...told, range: place.range } };
}

function placeOf(view: View, pipeline: Pipeline, failure: string): ErrorPlace | undefined {
  const { graph } = view;
  switch (pipeline.kind) {
    case 'kustomization':
      return errorPlace(graph, pipeline.directory, failure);
    case 'chart': {
      const file = fileAt(graph.snapshot, resolveFrom(pipeline.chart, 'Chart.yaml'));
      return file && startOf(file);
    }
    case 'object': {
      if (pipeline.within.kind !== 'file') return placeOf(view, pipeline.within, failure);
      const file = fileAt(graph.snapshot, pipeline.within.path);
      const object = file?.documents.map((placed) => declaredObject(file, placed)).find((each) => each && isNamed(each, pipeline));
      return file && object && { file, range: rangeOf(file, object.placed, object.span) };
    }
  }
}

function isNamed({ group, kind, namespace, name }: DeclaredObject, wanted: ObjectPipeline): boolean {
  return group === wanted.group && kind === wanted.objectKind && namespace === wanted.namespace && name === wanted.name;
}

function startOf(file: SourceFile): ErrorPlace {
  const start = { line: 0, character: 0 };
  return { file, range: { start, end: start } };
}
