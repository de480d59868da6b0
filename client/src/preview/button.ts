// The preview button in the editor's title is there when the active file belongs to an overlay: a context key says so.
import { type Uri, Disposable, TabInputText, commands, window } from 'vscode';
import { type Overlay, objectsChanged, overlaysOf } from '../../../protocol/src/messages.ts';
import { renderedScheme } from '../../../protocol/src/preview.ts';
import type { Server } from '../server.ts';

/** Keeps the context key `drydock.inOverlay` true for the files that can be previewed. */
export function showButtonWhereOverlaysAre(server: Server): Disposable {
  let shownFor: string | undefined;
  const update = async () => {
    const file = activeTab();
    if (file?.scheme === renderedScheme) return; // the button stays with the source beside it
    shownFor = file?.toString();
    const overlays = file?.scheme === 'file' ? await overlaysAt(server, file) : [];
    // The answer may come after the user went on to another editor.
    if (shownFor === file?.toString()) setInOverlay(overlays.length > 0);
  };
  void update();
  return Disposable.from(
    window.tabGroups.onDidChangeTabs(update),
    window.tabGroups.onDidChangeTabGroups(update),
    server.listen(objectsChanged, () => void update()),
  );
}

// Without a server, which says so itself, nothing can be previewed.
function overlaysAt(server: Server, file: Uri): Promise<readonly Overlay[]> {
  return server.ask(overlaysOf, { uri: file.toString() }).catch(() => []);
}

// Not the active text editor: that may be an output channel below, while the file is still the one in front.
function activeTab(): Uri | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof TabInputText ? input.uri : undefined;
}

function setInOverlay(value: boolean): void {
  void commands.executeCommand('setContext', 'drydock.inOverlay', value);
}
