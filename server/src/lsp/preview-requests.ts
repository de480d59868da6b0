// The requests that rendered previews answer. Of the manifests in files, the outline and the folds are the editor's own matter.
import type { Connection, DocumentSymbol, FoldingRange } from 'vscode-languageserver';
import { type Request, renderedResources, renderedYaml, setFilter } from '../../../protocol/src/messages.ts';
import type { Answering } from './requests.ts';
import { documentSymbolOf } from './convert.ts';
import { renderedFolds } from '../features/rendered-folding.ts';
import { renderedSymbols } from '../features/rendered-symbols.ts';

/** Answers what is asked of previews: their text, what it consists of, and which of it to show. */
export function answerPreviewRequests(
  connection: Connection,
  { previews, previewTextAt, opened }: Pick<Answering, 'previews' | 'previewTextAt' | 'opened'>,
): void {
  const answer = <Params, Result>({ method }: Request<Params, Result>, handler: (params: Params) => Result): void => {
    connection.onRequest(method, async (params: Params) => {
      await opened;
      return handler(params);
    });
  };

  connection.workspace.textDocumentContent.on(async ({ uri }) => {
    await opened;
    return { text: await previews.text(uri) };
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
