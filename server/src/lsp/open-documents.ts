// The editors that are open, by LSP's text synchronisation: manifests go to the session, previews to the render loop.
import { type Connection, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { isFile } from './file-paths.ts';
import { liveScheme } from '../../../protocol/src/clusters.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { pipelineOf } from '../model/preview-uri.ts';
import { pathOf, uriOf } from '../workspace/paths.ts';

/** What happens to open editors. */
export interface OpenDocumentEvents {
  /** A manifest was opened or edited. */
  edited(path: string, text: string): void;
  /** A manifest was written to disk, which watchers may tell late, or not at all. */
  saved(path: string): void;
  closed(path: string): void;
  /** A document that shows one side of a difference with a cluster was opened or closed. */
  liveSideOpened(uri: string): void;
  liveSideClosed(uri: string): void;
  /** A document that shows a preview, as it is now or at another moment, was opened or closed. */
  previewOpened(uri: string, pipeline: Pipeline): void;
  previewClosed(uri: string, pipeline: Pipeline): void;
}

/** Follows the open editors of a client. */
export class OpenDocuments {
  readonly #uris = new Map<string, string>();
  readonly #documents = new TextDocuments(TextDocument);

  constructor(connection: Connection, events: OpenDocumentEvents) {
    const documents = this.#documents;
    documents.onDidOpen(({ document }) => {
      if (document.uri.startsWith(`${liveScheme}:`)) events.liveSideOpened(document.uri);
      const pipeline = pipelineOf(document.uri);
      if (pipeline) events.previewOpened(document.uri, pipeline);
    });
    documents.onDidChangeContent(({ document }) => {
      if (!isFile(document.uri)) return;
      const path = pathOf(document.uri);
      this.#uris.set(path, document.uri);
      events.edited(path, document.getText());
    });
    documents.onDidSave(({ document }) => {
      if (isFile(document.uri)) events.saved(pathOf(document.uri));
    });
    documents.onDidClose(({ document }) => {
      if (document.uri.startsWith(`${liveScheme}:`)) events.liveSideClosed(document.uri);
      const pipeline = pipelineOf(document.uri);
      if (pipeline) events.previewClosed(document.uri, pipeline);
      if (!isFile(document.uri)) return;
      events.closed(pathOf(document.uri));
    });
    documents.listen(connection);
  }

  /** The text of the open preview at `uri` as the client has it now; undefined for other documents. */
  previewText(uri: string): string | undefined {
    return pipelineOf(uri) && this.#documents.get(uri)?.getText();
  }

  /** The URI of a file as the client wrote it when it opened it last: clients differ in what they escape. */
  uriOf(path: string): string {
    return this.#uris.get(path) ?? uriOf(path);
  }
}
