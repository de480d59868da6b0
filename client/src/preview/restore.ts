// The editor forgets documents that an extension supplies when the window reloads; previews are opened again here.
import { TabInputText, Uri, window } from 'vscode';
import type { Disposable, Memento, ViewColumn } from 'vscode';
import { renderedScheme } from '../../../protocol/src/preview.ts';
import type { Server } from '../server.ts';
import { showPreview } from './open.ts';

interface OpenPreview {
  readonly uri: string;
  readonly column: ViewColumn;
}

const memoryKey = 'drydock.openPreviews';

/** Opens the previews of the last session where they were, and from then on remembers which are open. */
export function restorePreviews(memory: Memento, server: Server): Disposable {
  const remembered = memory.get<readonly OpenPreview[]>(memoryKey, []);
  const restored = server.ready.then(async () => {
    for (const { uri, column } of remembered) await showPreview(Uri.parse(uri), column, 'keep-focus');
  });
  restored.catch(() => undefined); // an overlay that is gone, or a server that did not start, which has said so itself
  return window.tabGroups.onDidChangeTabs(() => void restored.finally(() => memory.update(memoryKey, openPreviews())));
}

function openPreviews(): OpenPreview[] {
  return window.tabGroups.all.flatMap(({ tabs, viewColumn }) =>
    tabs.flatMap(({ input }) =>
      input instanceof TabInputText && input.uri.scheme === renderedScheme ? [{ uri: input.uri.toString(), column: viewColumn }] : [],
    ),
  );
}
