// Why is this here, and where does that end up? Asked in previews by hover and definition, in sources by references.
import type { Hover, Location, LocationLink, Position } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Origin, isAtField, originAt, renderedPlacesOf } from '../features/origin.ts';
import type { PlacedValue } from '../features/annotated-values.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { Previews } from './previews.ts';
import type { Range } from '../../../protocol/src/range.ts';
import type { Session } from '../session/session.ts';
import type { SourceFile } from '../workspace/source-file.ts';
import { effectiveValues } from '../session/effective-values.ts';
import { filterResources } from '../features/resource-filter.ts';
import { maskSecrets } from '../features/mask-secrets.ts';
import { originText } from '../features/origin-text.ts';
import { pipelinesOf } from '../features/pipelines-of.ts';
import { fileLabel } from '../session/file-label.ts';
import { previewUri } from '../model/preview-uri.ts';
import { uriOf } from '../workspace/paths.ts';

/** A place in a preview as the client shows it. */
export interface PreviewPlace {
  readonly pipeline: Pipeline;
  readonly text: string;
  readonly position: Position;
}

// A base may be part of any number of overlays, and each that is asked for must be rendered once more.
const mostPipelines = 50;

/** What hovering a place of a preview tells; null where nothing stands. */
export async function originHover(session: Session, previews: Previews, place: PreviewPlace, signal: AbortSignal): Promise<Hover | null> {
  const offset = offsetOf(place);
  if (!isAtField(place.text, offset)) return null;
  const origin = await originOf(session, previews, place, signal);
  const values = origin && origin.values.length > 0 ? await valuesOf(session, place.pipeline, signal) : [];
  const value = originText(origin, values, (path) => fileLabel(session, path));
  return { contents: { kind: 'markdown', value }, ...(origin ? { range: origin.rendered } : {}) };
}

/** Where a place of a preview comes from; none when that can't be told. */
export async function originLinks(session: Session, previews: Previews, place: PreviewPlace, signal: AbortSignal): Promise<LocationLink[]> {
  const origin = await originOf(session, previews, place, signal);
  if (!origin?.place) return [];
  const { path, range } = origin.place;
  return [{ originSelectionRange: origin.rendered, targetUri: uriOf(path), targetRange: range, targetSelectionRange: range }];
}

/** The places in renderings that come from a place of a source file. */
export async function renderedLocations(
  session: Session,
  previews: Previews,
  file: SourceFile,
  offset: number,
  signal: AbortSignal,
): Promise<Location[]> {
  const { rendering, view } = session;
  if (rendering.kind === 'off') return [];
  const pipelines = pipelinesOf(view, file.path).slice(0, mostPipelines);
  const found = await Promise.all(
    pipelines.map(async (pipeline) => {
      const traced = await rendering.renders.trace(pipeline, signal);
      if (!traced) return [];
      const uri = previewUri(pipeline);
      const shown = shownLines(traced.yaml, rendering.renders.known(pipeline)?.secrets ?? [], previews.filterOf(uri));
      return renderedPlacesOf(view, traced, file.path, offset).flatMap((range) => {
        const moved = shown && movedDown(range);
        return moved ? [{ uri, range: moved }] : [];
      });
    }),
  );
  return found.flat();
}

async function originOf(session: Session, previews: Previews, place: PreviewPlace, signal: AbortSignal): Promise<Origin | undefined> {
  const { rendering, view } = session;
  if (rendering.kind === 'off') return undefined;
  const { pipeline, text } = place;
  const traced = await rendering.renders.trace(pipeline, signal);
  if (!traced) return undefined;
  const { documents } = filterResources(traced.yaml, previews.filterOf(previewUri(pipeline)));
  return originAt(view, traced, { text, documents }, offsetOf(place), (path) => fileLabel(session, path));
}

async function valuesOf(session: Session, pipeline: Pipeline, signal: AbortSignal): Promise<readonly PlacedValue[]> {
  const values = await effectiveValues(session, pipeline, (path) => fileLabel(session, path), signal);
  // A key of several charts may be of any.
  return values?.kind === 'merged' && values.charts.length === 1 ? (values.charts[0]?.values ?? []) : [];
}

function offsetOf({ text, position }: PreviewPlace): number {
  return TextDocument.create('', 'yaml', 0, text).offsetAt(position);
}

// Lines of the rendering are lines of the preview, one further down, unless values were masked that take several, or some is left out.
function shownLines(yaml: string, secrets: readonly string[], filter: string): boolean {
  return filter === '' && maskSecrets(yaml, secrets).split('\n').length === yaml.split('\n').length;
}

function movedDown({ start, end }: Range): Range {
  return { start: { ...start, line: start.line + 1 }, end: { ...end, line: end.line + 1 } };
}
