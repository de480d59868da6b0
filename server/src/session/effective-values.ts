// The values that a chart is rendered with, and where each comes from.
import type { PlacedLine, PlacedValue } from '../features/annotated-values.ts';
import type { RenderRequest } from '../engine/engine.ts';
import type { ValueLeaf, ValueOrigin, ValuesDetails, ValuesRequest } from '../engine/values.ts';
import { type ObjectPipeline, type Pipeline } from '../model/pipeline.ts';
import { rangeOf } from '../workspace/source-file.ts';
import type { Session } from './session.ts';
import { itemsOf, nodeAt } from '../workspace/yaml-path.ts';
import { placeLabel } from '../features/object-tree.ts';
import { treeOf, yamlDocument } from '../workspace/yaml-document.ts';
import { writtenObject } from '../model/deployed.ts';

/** A chart's merged values, or why they can't be told. */
export type EffectiveValues =
  | { readonly kind: 'merged'; readonly yaml: string; readonly values: readonly PlacedValue[] }
  | { readonly kind: 'unknown'; readonly reason: string };

/** The values that a pipeline's chart is rendered with as the files are now; undefined when `signal` ended it first. */
export async function effectiveValues(session: Session, pipeline: Pipeline, signal: AbortSignal): Promise<EffectiveValues | undefined> {
  const { rendering } = session;
  if (rendering.kind === 'off') return { kind: 'unknown', reason: rendering.reason };
  const planned = await rendering.renders.plan(pipeline, signal);
  if (!planned) return undefined;
  if ('refused' in planned) return { kind: 'unknown', reason: planned.refused };
  const inline = pipeline.kind === 'object' ? inlineValues(session, pipeline) : noValues;
  if (!inline) return { kind: 'unknown', reason: 'it is part of another rendering: ask where it is written.' };
  const render = valuesRequest(planned.request, inline.text);
  if (typeof render === 'string') return { kind: 'unknown', reason: render };
  const outcome = await rendering.renders.ask({ op: 'values', render }, signal);
  switch (outcome.kind) {
    case 'cancelled':
      return undefined;
    case 'rendered': {
      const { leaves } = outcome.details as ValuesDetails;
      return { kind: 'merged', yaml: outcome.yaml, values: (leaves ?? []).map((leaf) => placedValue(session, inline, leaf)) };
    }
    default:
      return { kind: 'unknown', reason: outcome.message };
  }
}

function placedValue({ view }: Session, inline: InlineValues, { path, origin, overrode }: ValueLeaf): PlacedValue {
  const lineOf = (from: ValueOrigin): PlacedLine | undefined => {
    if (from.kind === 'file') return { path: from.file, line: from.line };
    return from.kind === 'inline' ? { path: inline.path, line: inline.line + from.line } : undefined;
  };
  const nameOf = (from: ValueOrigin): string => {
    const place = lineOf(from);
    if (place) return `${placeLabel(view, place.path)}:${place.line}`;
    return from.kind === 'package' ? `${placeLabel(view, from.file)}!/${from.member}:${from.line}` : '--set';
  };
  return {
    path,
    origin: origin ? nameOf(origin) : '',
    place: origin ? lineOf(origin) : undefined,
    over: overrode.map((each) => nameOf(each.origin)),
  };
}

interface InlineValues {
  readonly text: string;
  /** The file that they are written in, and the 0-based line that they begin at. */
  readonly path: string;
  readonly line: number;
}

const noValues: InlineValues = { text: '', path: '', line: 0 };

/** What stands under `spec.values` of a HelmRelease, as it is written; undefined when no file has the object. */
function inlineValues({ view }: Session, pipeline: ObjectPipeline): InlineValues | undefined {
  const written = writtenObject(view.graph, pipeline);
  if (!written) return undefined;
  const node = nodeAt(treeOf(written.object.placed.document), ['spec', 'values']);
  if (!node) return noValues;
  const { file, object } = written;
  const { start, end } = rangeOf(file, object.placed, { start: node.range[0], end: node.range[1] });
  const lines = file.text.split('\n').slice(start.line, end.line + 1);
  const text = lines.map((line, index) =>
    index === 0 ? line.slice(start.character) : line.slice(Math.min(start.character, indentOf(line))),
  );
  if (end.line > start.line) text[text.length - 1] = text.at(-1)?.slice(0, end.character) ?? '';
  return { text: text.join('\n'), path: file.path, line: start.line };
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function valuesRequest(request: RenderRequest, values: string): ValuesRequest | string {
  switch (request.op) {
    case 'template':
      return request.render;
    case 'helmRelease': {
      const { chart, chartObject, object } = request.render;
      // Flux lays these under and between the others, by rules of its own: better none than another order.
      const others = [
        ...given(object, ['spec', 'chart', 'spec', 'valuesFiles']),
        ...given(chartObject, ['spec', 'valuesFiles']),
        ...given(object, ['spec', 'valuesFrom']),
      ];
      if (others.length > 0) return `its values come from ${others.join(' and ')} too, which are not shown line by line yet.`;
      return chart === '' ? 'its chart is not in this repository.' : { chart, valueFiles: [], values, set: [], setString: [] };
    }
    default:
      return 'it is not rendered from a chart.';
  }
}

/** The field's name where the object has something in it. */
function given(object: string, field: readonly string[]): string[] {
  const tree = treeOf(yamlDocument(object));
  return itemsOf(tree, nodeAt(tree, field)).length > 0 ? [field.join('.')] : [];
}
