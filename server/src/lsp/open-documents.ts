// The editors that are open, by LSP's text synchronisation: manifests go to the session, previews to the render loop.
import { type Connection, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { isFile } from './file-paths.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { pipelineOf } from '../model/preview-uri.ts';
import { pathOf, uriOf } from '../workspace/paths.ts';

/** What happens to open editors. */
export interface OpenDocumentEvents {
  /** A manifest was opened or edited. */
  edited(path: string, text: string): void;
  closed(path: string): void;
  /** A preview was opened or closed. */
  previewOpened(pipeline: Pipeline): void;
  previewClosed(pipeline: Pipeline): void;
}

/** Follows the open editors of a client. */
export class OpenDocuments {
  readonly #uris = new Map<string, string>();

  constructor(connection: Connection, events: OpenDocumentEvents) {
    const documents = new TextDocuments(TextDocument);
    documents.onDidOpen(({ document }) => {
      const pipeline = pipelineOf(document.uri);
      if (pipeline) events.previewOpened(pipeline);
    });
    documents.onDidChangeContent(({ document }) => {
      if (!isFile(document.uri)) return;
      const path = pathOf(document.uri);
      this.#uris.set(path, document.uri);
      events.edited(path, document.getText());
    });
    documents.onDidClose(({ document }) => {
      const pipeline = pipelineOf(document.uri);
      if (pipeline) events.previewClosed(pipeline);
      if (!isFile(document.uri)) return;
      events.closed(pathOf(document.uri));
    });
    documents.listen(connection);
  }

  /** The URI of a file as the client wrote it when it opened it last: clients differ in what they escape. */
  uriOf(path: string): string {
    return this.#uris.get(path) ?? uriOf(path);
  }
}
