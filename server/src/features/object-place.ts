// Where an object is to be told something about.
import type { ObjectPipeline, Pipeline } from '../model/pipeline.ts';
import type { SourcePlace } from '../model/blame.ts';
import type { View } from '../model/view.ts';
import { type SourceFile, rangeOf } from '../workspace/source-file.ts';
import { type WrittenObject, writtenObject } from '../model/deployed.ts';
import { dottedSpan } from '../workspace/dotted-path.ts';
import { fileStart } from '../workspace/text-line.ts';
import { treeOf } from '../workspace/yaml-document.ts';

/** Where an object says what it deploys, else where its name stands; of one in another rendering, where that begins. */
export function objectPlace(view: View, pipeline: Pipeline): SourcePlace | undefined {
  const { graph } = view;
  switch (pipeline.kind) {
    case 'kustomization': {
      const file = graph.kustomizationAt(pipeline.directory)?.file;
      return file && { path: file.path, range: startOf(file) };
    }
    case 'chart':
      return { path: `${pipeline.chart}/Chart.yaml`, range: fileStart };
    case 'object': {
      if (pipeline.within.kind !== 'file') return objectPlace(view, pipeline.within);
      const written = writtenObject(graph, pipeline);
      return written && placeIn(written, written.path?.span ?? written.object.span);
    }
  }
}

/**
 * Where a field of an object is written, or the last field on the way there that is; where the object is told about when it has none of
 * them, or is part of another rendering.
 *
 * @param field As in `spec.generators[0].list`.
 */
export function fieldPlace(view: View, pipeline: ObjectPipeline, field: string): SourcePlace | undefined {
  const written = writtenObject(view.graph, pipeline);
  const span = written && dottedSpan(treeOf(written.object.placed.document), field);
  return written && span ? placeIn(written, span) : objectPlace(view, pipeline);
}

function placeIn({ file, object }: WrittenObject, span: { readonly start: number; readonly end: number }): SourcePlace {
  return { path: file.path, range: rangeOf(file, object.placed, span) };
}

function startOf(file: SourceFile): SourcePlace['range'] {
  const start = file.lines.positionAt(0);
  return { start, end: start };
}
