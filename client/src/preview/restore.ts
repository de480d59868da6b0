// The editor forgets documents that an extension supplies when the window reloads; previews are opened again here.
import { type Disposable, type Memento, type ViewColumn, TabInputText, Uri, window } from 'vscode';
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
  const restore = async () => {
    await server.ready;
    // One whose overlay is gone does not keep the others away.
    for (const { uri, column } of remembered) await showPreview(Uri.parse(uri), column, 'keep-focus').catch(() => undefined);
  };
  const restored = restore().catch(() => undefined); // the server did not start, and has said so itself
  return window.tabGroups.onDidChangeTabs(() => void restored.then(() => memory.update(memoryKey, openPreviews())));
}

function openPreviews(): OpenPreview[] {
  return window.tabGroups.all.flatMap(({ tabs, viewColumn }) =>
    tabs.flatMap(({ input }) =>
      input instanceof TabInputText && input.uri.scheme === renderedScheme ? [{ uri: input.uri.toString(), column: viewColumn }] : [],
    ),
  );
}
