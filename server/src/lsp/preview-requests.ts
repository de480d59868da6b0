// The requests that rendered previews answer. Of the manifests in files, the outline and the folds are the editor's own matter.
import type { Connection, DocumentSymbol, FoldingRange } from 'vscode-languageserver';
import { liveScheme } from '../../../protocol/src/clusters.ts';
import { renderedResources, renderedYaml, setFilter } from '../../../protocol/src/messages.ts';
import { answerer } from './answerer.ts';
import type { Previews } from './previews.ts';
import { documentSymbolOf } from './convert.ts';
import { renderedFolds } from '../features/rendered-folding.ts';
import { renderedSymbols } from '../features/rendered-symbols.ts';

/** What requests of previews are answered from. */
export interface PreviewAnswering {
  readonly previews: Previews;
  /** Settles when the workspace was looked through. */
  readonly opened: Promise<void>;
  /** The text of an open preview as the client has it; undefined for other documents. */
  previewTextAt(uri: string): string | undefined;
  /** One side of a difference with a cluster; undefined when it is not known any more. */
  liveSide(uri: string): string | undefined;
}

/** Answers what is asked of previews: their text, what it consists of, and which of it to show. */
export function answerPreviewRequests(connection: Connection, { previews, previewTextAt, liveSide, opened }: PreviewAnswering): void {
  const answer = answerer(connection, opened);

  connection.workspace.textDocumentContent.on(async ({ uri }) => {
    await opened;
    if (!uri.startsWith(`${liveScheme}:`)) return { text: await previews.text(uri) };
    // An editor that was open when the window was closed asks again for what is no longer known.
    return { text: liveSide(uri) ?? '# This was compared with the cluster before. Compare again to see what is there now.\n' };
  });
  // Places are those of the text that the client shows, which may be older than what is known.
  connection.onDocumentSymbol(({ textDocument }): DocumentSymbol[] => {
    const text = previewTextAt(textDocument.uri);
    return text === undefined ? [] : renderedSymbols(text).map(documentSymbolOf);
  });
  connection.onFoldingRanges(({ textDocument }): FoldingRange[] | null => {
    const text = previewTextAt(textDocument.uri);
    return text === undefined ? null : renderedFolds(text);
  });
  answer(setFilter, ({ uri, filter }) => {
    previews.setFilter(uri, filter);
    return null;
  });
  answer(renderedResources, ({ uri }) => previews.resources(uri));
  answer(renderedYaml, ({ uri, secrets }) => previews.yaml(uri, secrets));
}
