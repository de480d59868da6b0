// The preview button in the editor's title is there when the active file takes part in a rendering: a context key says so.
import { type Uri, Disposable, TabInputText, commands, window } from 'vscode';
import { type Pipeline, objectsChanged, pipelinesOf } from '../../../protocol/src/messages.ts';
import { renderedScheme } from '../../../protocol/src/preview.ts';
import type { Server } from '../server.ts';

/** Keeps the context key `drydock.isRendered` true for the files that can be previewed. */
export function showButtonWhereRendered(server: Server): Disposable {
  let shownFor: string | undefined;
  const update = async () => {
    const file = activeTab();
    if (file?.scheme === renderedScheme) return; // the button stays with the source beside it
    shownFor = file?.toString();
    const pipelines = file?.scheme === 'file' ? await pipelinesAt(server, file) : [];
    // The answer may come after the user went on to another editor.
    if (shownFor === file?.toString()) setIsRendered(pipelines.length > 0);
  };
  void update();
  return Disposable.from(
    window.tabGroups.onDidChangeTabs(update),
    window.tabGroups.onDidChangeTabGroups(update),
    server.listen(objectsChanged, () => void update()),
  );
}

// Without a server, which says so itself, nothing can be previewed.
function pipelinesAt(server: Server, file: Uri): Promise<readonly Pipeline[]> {
  return server.ask(pipelinesOf, { uri: file.toString() }).catch(() => []);
}

// Not the active text editor: that may be an output channel below, while the file is still the one in front.
function activeTab(): Uri | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof TabInputText ? input.uri : undefined;
}

function setIsRendered(value: boolean): void {
  void commands.executeCommand('setContext', 'drydock.isRendered', value);
}
