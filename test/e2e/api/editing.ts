// Typing into documents without saving, as a person does, and looking for places in them by their text.
import { type Position, type TextDocument, type Uri, Range, WorkspaceEdit, commands, window, workspace } from 'vscode';

/** Opens a file in an editor. */
export async function openFile(uri: Uri): Promise<TextDocument> {
  const document = await workspace.openTextDocument(uri);
  await window.showTextDocument(document, { preview: false });
  return document;
}

/** Replaces the only occurrence of `from` by `to` in the open document; nothing is saved. */
export async function replace(document: TextDocument, from: string, to: string): Promise<void> {
  const start = document.getText().indexOf(from);
  if (start < 0) throw new Error(`${document.uri.path} has no ${JSON.stringify(from)}.`);
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(start + from.length)), to);
  await workspace.applyEdit(edit);
}

/** The position `offset` characters into the first occurrence of `text`. */
export function positionOf(document: TextDocument, text: string, offset = 0): Position {
  const start = document.getText().indexOf(text);
  if (start < 0) throw new Error(`${document.uri.path} has no ${JSON.stringify(text)}.`);
  return document.positionAt(start + offset);
}

/** Closes all editors; what was not saved is dropped. */
export async function closeEverything(): Promise<void> {
  for (const document of workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await window.showTextDocument(document);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await commands.executeCommand('workbench.action.closeAllEditors');
}
