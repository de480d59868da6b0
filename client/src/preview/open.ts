// Opens previews as documents of their own scheme; the server supplies their text (LSP 3.18 `workspace/textDocumentContent`).
import { TabInputText, Uri, ViewColumn, window, workspace } from 'vscode';

/**
 * Opens the preview at this URI and leaves the focus in the source when it opens beside it.
 * A preview that is open already is brought to the front of where it is.
 */
export async function openPreview(preview: string, where: 'here' | 'beside'): Promise<void> {
  const uri = Uri.parse(preview);
  const wanted = where === 'beside' ? ViewColumn.Beside : ViewColumn.Active;
  await showPreview(uri, columnOf(uri) ?? wanted, where === 'here' ? 'take-focus' : 'keep-focus');
}

/** Shows the preview document at `uri` in a column. */
export async function showPreview(uri: Uri, viewColumn: ViewColumn, focus: 'take-focus' | 'keep-focus'): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  await window.showTextDocument(document, { viewColumn, preserveFocus: focus === 'keep-focus', preview: false });
}

function columnOf(uri: Uri): ViewColumn | undefined {
  const isOpenIn = window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof TabInputText && input.uri.toString() === uri.toString()),
  );
  return isOpenIn?.viewColumn;
}
