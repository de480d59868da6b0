// Which feature answers which request. Handlers are thin: they find the file and convert the answer.
import type { CompletionItem, Connection, Hover, TextDocumentPositionParams } from 'vscode-languageserver';
import { codeLensOf, completionItemOf, locationLinkOf } from './convert.ts';
import {
  type FetchReport,
  applicationsOf,
  clearSources,
  fetchSources,
  objects,
  pipelinesOf,
  renderedObjects as renderedRows,
  sizeOfSources,
} from '../../../protocol/src/messages.ts';
import type { GeneratedApplications } from '../engine/application-set.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { SchemaService } from '../schemas/service.ts';
import type { Session } from '../session/session.ts';
import type { SourceFile } from '../workspace/source-file.ts';
import { answerer } from './answerer.ts';
import { type Lens, codeLenses, previewLenses } from '../features/code-lens.ts';
import { completions } from '../features/completion.ts';
import { definition } from '../features/definition.ts';
import { fetchActions } from './fetch-sources.ts';
import { fileAt } from '../workspace/snapshot.ts';
import { generatedBy } from '../features/applications.ts';
import { hover } from '../features/hover.ts';
import { objectTree } from '../features/object-tree.ts';
import { renderedObjects } from '../features/rendered-objects.ts';
import { pipelineChoices } from '../features/pipelines-of.ts';
import { references } from '../features/references.ts';
import { signalOf } from './signal-of.ts';
import { pathOf } from '../workspace/paths.ts';
import { momentOf, pipelineOf } from '../model/preview-uri.ts';
import { type PreviewPlace, originHover, originLinks, renderedLocations } from './origins.ts';
import { type PreviewAnswering, answerPreviewRequests } from './preview-requests.ts';

/** What requests are answered from. */
export interface Answering extends PreviewAnswering {
  readonly session: Session;
  /** The schemas for a file; undefined where they are left to another extension. */
  schemasFor(file: SourceFile): SchemaService | undefined;
  /** Fetches what the pipelines of a file miss, or of all files. */
  fetchMissing(uri: string | undefined, signal: AbortSignal): Promise<FetchReport>;
  /** Removes all that was fetched. */
  clearSources(): Promise<void>;
  /** How what a file declares stands in the clusters that were looked at. */
  liveLenses(file: SourceFile): Lens[];
  /** How many findings a file has. */
  problemsIn(path: string): number;
}

/** Answers every request of LSP's and of our own. */
export function answerRequests(connection: Connection, answering: Answering): void {
  const { session, previews, previewTextAt, opened, schemasFor, problemsIn, liveLenses, fetchMissing, clearSources: clear } = answering;
  const fileOf = (uri: string): SourceFile | undefined => fileAt(session.workspace.snapshot, pathOf(uri));
  const placeOf = ({ textDocument, position }: TextDocumentPositionParams) => {
    const file = fileOf(textDocument.uri);
    return file && { file, offset: file.lines.offsetAt(position) };
  };
  const previewPlace = async ({ textDocument, position }: TextDocumentPositionParams): Promise<PreviewPlace | undefined> => {
    const pipeline = pipelineOf(textDocument.uri);
    if (!pipeline || momentOf(textDocument.uri) !== 'now') return undefined;
    return { pipeline, text: previewTextAt(textDocument.uri) ?? (await previews.text(textDocument.uri)), position };
  };
  const answer = answerer(connection, opened);

  connection.onHover(async (params, token): Promise<Hover | null> => {
    const { textDocument, position } = params;
    const preview = await previewPlace(params);
    if (preview && position.line > 0) return originHover(session, previews, preview, signalOf(token));
    if (preview) {
      const value = previews.headingHover(textDocument.uri);
      return value === undefined ? null : { contents: { kind: 'markdown', value } };
    }
    const place = placeOf(params);
    const schemas = place && schemasFor(place.file);
    const text = schemas && hover(schemas, place.file, place.offset);
    return text ? { contents: { kind: 'markdown', value: text.markdown }, range: text.range } : null;
  });
  connection.onCompletion(async (params): Promise<CompletionItem[]> => {
    const place = placeOf(params);
    const schemas = place && schemasFor(place.file);
    return place ? (await completions(session.view, schemas, place.file, place.offset)).map(completionItemOf) : [];
  });
  connection.onDefinition(async (params, token) => {
    await opened;
    const preview = await previewPlace(params);
    if (preview) return originLinks(session, previews, preview, signalOf(token));
    const place = placeOf(params);
    return place ? definition(session.view, place.file, place.offset).map(locationLinkOf) : [];
  });
  const generated = (set: Pipeline): GeneratedApplications | undefined => {
    const known = session.rendering.kind === 'on' ? session.rendering.renders.known(set) : undefined;
    return known?.failure === undefined ? (known?.details as GeneratedApplications | undefined) : undefined;
  };
  connection.onReferences(async (params, token) => {
    await opened;
    const place = placeOf(params);
    if (!place) return [];
    const { file, offset } = place;
    const declaration = params.context.includeDeclaration ? 'with declaration' : 'without declaration';
    const rendered = await renderedLocations(session, previews, file, offset, signalOf(token));
    return [...references(session.view, file, offset, declaration), ...rendered];
  });
  connection.onCodeLens(async ({ textDocument }) => {
    await opened;
    if (session.rendering.kind === 'off') return [];
    const pipeline = pipelineOf(textDocument.uri);
    if (pipeline) {
      const text = previewTextAt(textDocument.uri) ?? (await previews.text(textDocument.uri));
      return previewLenses(session.view, text, pipeline, generated).map(codeLensOf);
    }
    const file = fileOf(textDocument.uri);
    return file ? [...codeLenses(session.view, file, generated), ...liveLenses(file)].map(codeLensOf) : [];
  });
  connection.onCodeAction(({ textDocument, context }) => fetchActions(textDocument.uri, context.diagnostics));
  answer(fetchSources, ({ uri }, signal) => fetchMissing(uri, signal));
  answer(sizeOfSources, () => session.sizeOfSources());
  answer(clearSources, async () => {
    await clear();
    return null;
  });
  answerPreviewRequests(connection, answering);
  answer(pipelinesOf, ({ uri }) => pipelineChoices(session.view, pathOf(uri)));
  answer(applicationsOf, async ({ preview }, signal) => {
    const set = pipelineOf(preview);
    if (!set || session.rendering.kind === 'off') return null;
    const rendering = await session.rendering.renders.render(set, signal);
    return rendering?.failure === undefined && rendering ? generatedBy(set, rendering.details as GeneratedApplications) : null;
  });
  answer(renderedRows, async ({ preview }, signal) => {
    const pipeline = pipelineOf(preview);
    if (!pipeline || session.rendering.kind === 'off') return [];
    const rendering = await session.rendering.renders.render(pipeline, signal);
    return rendering ? renderedObjects(pipeline, rendering) : [];
  });
  answer(objects, () => objectTree(session.view, problemsIn));
}
