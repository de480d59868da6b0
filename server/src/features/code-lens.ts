import { type PlacedDocument, type SourceFile, rangeOf, sourceFile } from '../workspace/source-file.ts';
import type { Range } from '../../../protocol/src/range.ts';
import { baseName, directoryOf } from '../workspace/paths.ts';
import { isKustomizationFile } from '../model/graph.ts';
import { kindOf } from '../model/object.ts';
import type { GeneratedApplications } from '../engine/application-set.ts';
import { clustersInBrief } from './applications.ts';
import { count } from './rendered-preview.ts';
import { hasValues, objectHasValues } from './has-values.ts';
import type { View } from '../model/view.ts';
import { pipelinesWithin } from './pipelines-of.ts';
import { type ObjectPipeline, type Pipeline, beginningOf } from '../model/pipeline.ts';
import { previewUri } from '../model/preview-uri.ts';

/** A line of actions above a place in a file. */
export interface Lens {
  readonly range: Range;
  readonly title: string;
  readonly command: string;
  readonly argument: unknown;
}

/** What an ApplicationSet generates, as far as that is known. */
export type KnownApplications = (set: Pipeline) => GeneratedApplications | undefined;

/**
 * Above a kustomization, a chart and every object that a controller renders: open what it renders; above what renders a chart: show its
 * values; above an ApplicationSet: list what it generates.
 */
export function codeLenses(view: View, file: SourceFile, known: KnownApplications): Lens[] {
  const within = { kind: 'file', path: file.path } as const;
  return [...folderLenses(view, file), ...file.documents.flatMap((placed) => objectLenses(view, file, placed, within, known))];
}

function folderLenses(view: View, file: SourceFile): Lens[] {
  const directory = directoryOf(file.path);
  const [first] = file.documents;
  if (baseName(file.path) === 'Chart.yaml' && first) return withValues(lens(file, first, { kind: 'chart', chart: directory, values: '' }));
  const placed = isKustomizationFile(file) && file.documents.find((each) => kindOf(each, file.path)?.kind === 'Kustomization');
  if (!placed) return [];
  const pipeline = { kind: 'kustomization', directory } as const;
  const open = lens(file, placed, pipeline);
  return hasValues(view, pipeline) ? withValues(open) : [open];
}

/** Above every object in the text of a preview that a controller renders in turn: open what it renders. */
export function previewLenses(view: View, text: string, pipeline: Pipeline, known: KnownApplications): Lens[] {
  const file = sourceFile(beginningOf(pipeline), text);
  return file.documents.flatMap((placed) => objectLenses(view, file, placed, pipeline, known));
}

function objectLenses(
  view: View,
  file: SourceFile,
  placed: PlacedDocument,
  within: ObjectPipeline['within'],
  known: KnownApplications,
): Lens[] {
  return pipelinesWithin(within, { ...file, documents: [placed] }).flatMap((pipeline) => {
    const open = lens(file, placed, pipeline);
    if (objectHasValues(view, file, placed)) return withValues(open);
    if (pipeline.objectKind !== 'ApplicationSet') return [open];
    return [{ ...open, title: `$(versions) ${applications(known(pipeline))}`, command: 'drydock.showApplications' }, open];
  });
}

function withValues(open: Lens): Lens[] {
  return [open, { ...open, title: '$(symbol-variable) Show Effective Values', command: 'drydock.showEffectiveValues' }];
}

function applications(known: GeneratedApplications | undefined): string {
  if (!known) return 'Applications';
  const source = clustersInBrief(known);
  return `${count(known.applications.length, 'application')}${source === '' ? '' : ` (${source})`}`;
}

/** Where the actions above a document stand: at its first line that is neither a comment nor a marker. */
export function lensRange(file: SourceFile, placed: PlacedDocument): Range {
  const at = Math.max(placed.document.text.search(/^[^\s#-]/m), 0);
  return rangeOf(file, placed, { start: at, end: at });
}

function lens(file: SourceFile, placed: PlacedDocument, pipeline: Pipeline): Lens {
  return {
    range: lensRange(file, placed),
    title: '$(open-preview) Open Rendered Preview',
    command: 'drydock.openPreviewToSide',
    argument: { preview: previewUri(pipeline) },
  };
}
