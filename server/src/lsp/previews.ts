// Rendered previews as LSP 3.18 knows them: documents whose text the server supplies (`workspace/textDocumentContent`).
import { type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { type Pipeline, beginningOf, pipelineLabel } from '../model/pipeline.ts';
import { type RenderedResource, type RenderedYaml, previewChanged } from '../../../protocol/src/messages.ts';
import { type Shown, previewState, previewText } from '../features/rendered-preview.ts';
import { momentOf, pipelineOf, previewUri } from '../model/preview-uri.ts';
import type { Background } from './background.ts';
import type { PipelineRendering } from '../session/renders.ts';
import type { Session } from '../session/session.ts';
import { type Destination, destinationOf } from '../features/clusters.ts';
import { destinationInBrief, destinationText } from '../features/destination-text.ts';
import type { GeneratedApplications } from '../engine/application-set.ts';
import { clustersInBrief } from '../features/applications.ts';
import { valuesText } from '../features/annotated-values.ts';
import { effectiveValues } from '../session/effective-values.ts';
import { fileLabel } from '../session/file-label.ts';
import { filterResources } from '../features/resource-filter.ts';
import { headingHover } from '../features/rendered-hover.ts';
import { maskSecrets } from '../features/mask-secrets.ts';
import { placeAt } from '../workspace/places.ts';
import { placeLabel } from '../features/object-tree.ts';
import { resourcesIn } from '../features/rendered-resources.ts';
import { revisionOf } from '../features/revision.ts';

/** What is remembered of an open preview. */
interface OpenPreview {
  /** As the user set it; empty for none. */
  readonly filter: string;
  /** The first that rendered since it was opened. */
  readonly opened: PipelineRendering | undefined;
}

/** The text of previews and how they are shown. */
export class Previews {
  readonly #connection: Connection;
  readonly #background: Background;
  readonly #session: Session;
  /** By the URI of the preview without fragment. */
  readonly #open = new Map<string, OpenPreview>();
  /** The URIs of open documents that show another moment than now. */
  readonly #moments = new Set<string>();
  readonly #ended = new AbortController();

  constructor(connection: Connection, background: Background, session: Session) {
    this.#connection = connection;
    this.#background = background;
    this.#session = session;
  }

  /** Ends the renders that were begun for a text. */
  dispose(): void {
    this.#ended.abort();
  }

  /** The document at `uri`, which shows a preview at some moment, was opened. */
  opened(uri: string): void {
    if (momentOf(uri) !== 'now') this.#moments.add(uri);
    else this.#open.set(uri, { filter: '', opened: undefined });
  }

  /** The document at `uri` was closed; what was remembered for it is forgotten. */
  closed(uri: string): void {
    if (momentOf(uri) !== 'now') this.#moments.delete(uri);
    else this.#open.delete(uri);
  }

  /** An open preview has another rendering: the client asks for its text again, and is told how it stands. */
  rendered(pipeline: Pipeline, rendering: PipelineRendering): void {
    const uri = previewUri(pipeline);
    const known = this.#open.get(uri);
    if (known && !known.opened && rendering.failure === undefined) this.#open.set(uri, { ...known, opened: rendering });
    this.#tell(pipeline, rendering);
  }

  /** Files changed, in editors or on disk. */
  changed(): void {
    for (const uri of this.#moments) if (momentOf(uri) === 'values') this.#refresh(uri);
  }

  /** Files on disk, or the commit that is checked out, changed. */
  diskChanged(): void {
    for (const uri of this.#moments) if (momentOf(uri) === 'saved') this.#refresh(uri);
  }

  /** The commit that is checked out is another one: headings name it. */
  revisionChanged(): void {
    for (const uri of this.#open.keys()) this.#tellAgain(uri);
  }

  /** What the preview at `uri` is filtered by; empty for nothing. */
  filterOf(uri: string): string {
    return this.#open.get(uri)?.filter ?? '';
  }

  /** Shows only what matches, see {@link filterResources}. Nothing happens when the preview is not open. */
  setFilter(uri: string, filter: string): void {
    const known = this.#open.get(uri);
    if (!known || known.filter === filter) return;
    this.#open.set(uri, { ...known, filter });
    this.#tellAgain(uri);
    for (const moment of this.#moments) if (moment.startsWith(`${uri}#`)) this.#refresh(moment);
  }

  /**
   * The text of the preview at `uri` as it is now.
   *
   * @throws ResponseError when `uri` is no preview's.
   */
  async text(uri: string): Promise<string> {
    const { rendering } = this.#session;
    const pipeline = this.#pipelineOf(uri);
    if (rendering.kind === 'off') return `# Not rendered: ${rendering.reason}.\n`;
    switch (momentOf(uri)) {
      case 'now':
        return previewText(this.#shown(pipeline), rendering.renders.known(pipeline));
      case 'opened':
        return previewText(this.#shownSaved(pipeline), this.#open.get(previewUri(pipeline))?.opened ?? rendering.renders.known(pipeline));
      case 'saved':
        return previewText(this.#shownSaved(pipeline), await rendering.renderSaved(pipeline, this.#ended.signal));
      case 'values':
        return this.#values(pipeline);
    }
  }

  /** What hovering the heading of the preview at `uri` tells, in Markdown; undefined before it was rendered. */
  headingHover(uri: string): string | undefined {
    const pipeline = this.#pipelineOf(uri);
    const rendering = this.#known(pipeline);
    if (!rendering || momentOf(uri) !== 'now') return undefined;
    const shown = this.#shown(pipeline);
    const { view } = this.#session;
    const destination = destinationText(this.#destination(pipeline), (place) => placeLabel(view, place));
    return headingHover(shown.label, previewState(shown, rendering), destination);
  }

  /** All resources of what was rendered last, whatever the filter is. */
  resources(uri: string): RenderedResource[] {
    const yaml = this.#known(this.#pipelineOf(uri))?.yaml ?? '';
    return resourcesIn(yaml).map(({ kind, namespace, name }) => ({ kind, namespace, name }));
  }

  /** What the preview at `uri` shows, as the tool prints it; null before it was rendered. */
  yaml(uri: string, secrets: 'masked' | 'plain'): RenderedYaml | null {
    const pipeline = this.#pipelineOf(uri);
    const rendering = this.#known(pipeline);
    if (rendering?.yaml === undefined) return null;
    const plain = filterResources(rendering.yaml, this.#shown(pipeline).filter).yaml;
    const masked = maskSecrets(plain, rendering.secrets);
    return { yaml: secrets === 'plain' ? plain : masked, hasSecrets: masked !== plain };
  }

  async #values(pipeline: Pipeline): Promise<string> {
    const { label } = this.#shown(pipeline);
    const values = await effectiveValues(this.#session, pipeline, (path) => fileLabel(this.#session, path), this.#ended.signal);
    if (values?.kind === 'merged') return valuesText(label, values.notes, values.charts);
    return `# The values of ${label} can't be told: ${values?.reason ?? 'the files changed meanwhile.'}\n`;
  }

  #pipelineOf(uri: string): Pipeline {
    const pipeline = pipelineOf(uri);
    if (!pipeline) throw new ResponseError(LSPErrorCodes.RequestFailed, `${uri} is not a rendered preview.`);
    return pipeline;
  }

  #known(pipeline: Pipeline): PipelineRendering | undefined {
    const { rendering } = this.#session;
    return rendering.kind === 'on' ? rendering.renders.known(pipeline) : undefined;
  }

  #shown(pipeline: Pipeline): Shown {
    const { view } = this.#session;
    return {
      ...this.#shownSaved(pipeline),
      revision: revisionOf(view, beginningOf(pipeline), this.#isUnsaved(pipeline) ? 'unsaved' : 'saved'),
    };
  }

  #shownSaved(pipeline: Pipeline): Shown {
    const { view } = this.#session;
    return {
      label: pipelineLabel(pipeline, (place) => placeLabel(view, place)),
      destination: destinationInBrief(this.#destination(pipeline)),
      clusters: this.#clusters(pipeline),
      revision: revisionOf(view, beginningOf(pipeline), 'saved'),
      filter: this.#open.get(previewUri(pipeline))?.filter ?? '',
    };
  }

  #clusters(pipeline: Pipeline): string {
    if (pipeline.kind !== 'object' || pipeline.objectKind !== 'ApplicationSet') return '';
    const details = this.#known(pipeline)?.details as GeneratedApplications | undefined;
    return details ? clustersInBrief(details) : '';
  }

  #destination(pipeline: Pipeline): Destination {
    const { view, settings } = this.#session;
    return destinationOf({ view, settings: settings(), rendered: (other) => this.#known(other)?.yaml }, pipeline);
  }

  /** Whether a buffer that the rendering was made from differs from its file. */
  #isUnsaved(pipeline: Pipeline): boolean {
    const { rendering, workspace } = this.#session;
    const { open, saved, places } = workspace.snapshot;
    // What is saved outside the workspace nobody looked at: nothing is claimed of it.
    const isChanged = (path: string, text: string): boolean =>
      saved.has(path) ? saved.get(path)?.text !== text : placeAt(places, path) === 'absent';
    const changed = [...open].flatMap(([path, { text }]) => (isChanged(path, text) ? [path] : []));
    const isSource = (from: Pipeline, path: string): boolean =>
      beginningOf(from) === path ||
      (rendering.kind === 'on' && rendering.renders.hasRead(from, path)) ||
      (from.kind === 'object' && from.within.kind !== 'file' && isSource(from.within, path));
    return changed.some((path) => isSource(pipeline, path));
  }

  #tellAgain(uri: string): void {
    const pipeline = this.#pipelineOf(uri);
    const rendering = this.#known(pipeline);
    if (rendering) this.#tell(pipeline, rendering);
  }

  #tell(pipeline: Pipeline, rendering: PipelineRendering): void {
    const uri = previewUri(pipeline);
    const state = previewState(this.#shown(pipeline), rendering);
    this.#refresh(uri);
    this.#background('telling of a preview', this.#connection.sendNotification(previewChanged.method, { uri, state }));
  }

  #refresh(uri: string): void {
    this.#background('refreshing a preview', this.#connection.workspace.textDocumentContent.refresh(uri));
  }
}
