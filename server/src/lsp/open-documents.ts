// The editors that are open, by LSP's text synchronisation: manifests go to the session, previews to the render loop.
import { type Connection, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { isFile } from './file-paths.ts';
import { overlayUri } from '../../../protocol/src/preview.ts';
import { pathOf, uriOf } from '../workspace/paths.ts';

/** What happens to open editors. */
export interface OpenDocumentEvents {
  /** A manifest was opened or edited. */
  edited(path: string, text: string): void;
  closed(path: string): void;
  /** A preview of the overlay at `directory` was opened or closed. */
  previewOpened(directory: string): void;
  previewClosed(directory: string): void;
}

/** Follows the open editors of a client. */
export class OpenDocuments {
  readonly #uris = new Map<string, string>();

  constructor(connection: Connection, events: OpenDocumentEvents) {
    const documents = new TextDocuments(TextDocument);
    documents.onDidOpen(({ document }) => {
      const overlay = overlayUri(document.uri);
      if (overlay !== undefined) events.previewOpened(pathOf(overlay));
    });
    documents.onDidChangeContent(({ document }) => {
      if (!isFile(document.uri)) return;
      const path = pathOf(document.uri);
      this.#uris.set(path, document.uri);
      events.edited(path, document.getText());
    });
    documents.onDidClose(({ document }) => {
      const overlay = overlayUri(document.uri);
      if (overlay !== undefined) events.previewClosed(pathOf(overlay));
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
