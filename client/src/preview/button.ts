// The preview button in the editor's title is there when the active file belongs to an overlay: a context key says so.
import { Disposable, commands, window } from 'vscode';
import { objectsChanged, overlaysOf } from '../../../protocol/src/messages.ts';
import { renderedScheme } from '../../../protocol/src/preview.ts';
import type { Server } from '../server.ts';

/** Keeps the context key `drydock.inOverlay` true for the files that can be previewed. */
export function showButtonWhereOverlaysAre(server: Server): Disposable {
  const update = async () => {
    const file = window.activeTextEditor?.document.uri;
    if (file?.scheme === renderedScheme) return; // the button stays with the source beside it
    if (file?.scheme !== 'file') return setInOverlay(false);
    const overlays = await server.ask(overlaysOf, { uri: file.toString() }).catch(() => []);
    // The answer may come after the user went on to another editor.
    if (window.activeTextEditor?.document.uri.toString() === file.toString()) setInOverlay(overlays.length > 0);
  };
  void update();
  return Disposable.from(
    window.onDidChangeActiveTextEditor(update),
    server.listen(objectsChanged, () => void update()),
  );
}

function setInOverlay(value: boolean): void {
  void commands.executeCommand('setContext', 'drydock.inOverlay', value);
}
