// Marks the folders in the explorer that clusters deploy, by how what deploys them stands.
import {
  type Disposable,
  type FileDecoration,
  type FileDecorationProvider,
  type LogOutputChannel,
  EventEmitter,
  ThemeColor,
  Uri,
  window,
} from 'vscode';
import { clustersChanged } from '../../../protocol/src/clusters.ts';
import { type DeployedFolder, deployedFolders } from '../../../protocol/src/live-state.ts';
import type { Server } from '../server.ts';

/** Decorates them, and follows what happens to them. */
export function decorateDeployedFolders(server: Server, log: LogOutputChannel): Disposable {
  const folders = new DeployedFolders();
  const ask = (): void => {
    server
      .ask(deployedFolders, null)
      .then((told) => folders.show(told))
      .catch((error: unknown) => log.error(`What is deployed could not be asked: ${String(error)}`));
  };
  const parts = [folders, window.registerFileDecorationProvider(folders), server.listen(clustersChanged, ask)];
  return { dispose: () => parts.forEach((part) => void part.dispose()) };
}

class DeployedFolders implements FileDecorationProvider, Disposable {
  readonly #changed = new EventEmitter<Uri[]>();
  readonly onDidChangeFileDecorations = this.#changed.event;
  #folders: ReadonlyMap<string, DeployedFolder> = new Map();

  show(folders: readonly DeployedFolder[]): void {
    const before = this.#folders;
    this.#folders = new Map(folders.map((folder) => [folder.uri, folder]));
    const touched = [...new Set([...before.keys(), ...this.#folders.keys()])].filter(
      (uri) => JSON.stringify(before.get(uri)) !== JSON.stringify(this.#folders.get(uri)),
    );
    if (touched.length > 0) this.#changed.fire(touched.map((uri) => Uri.parse(uri)));
  }

  provideFileDecoration(uri: Uri): FileDecoration | undefined {
    const folder = this.#folders.get(uri.toString());
    if (!folder) return undefined;
    const { badge, color } = marks[folder.state];
    const tooltip = folder.deliveries.join('\n');
    return { badge, tooltip, ...(color === undefined ? {} : { color: new ThemeColor(color) }) };
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

const marks: Readonly<Record<DeployedFolder['state'], { readonly badge: string; readonly color: string | undefined }>> = {
  healthy: { badge: '✓', color: undefined },
  progressing: { badge: '…', color: 'charts.blue' },
  outOfSync: { badge: '≠', color: 'list.warningForeground' },
  degraded: { badge: '!', color: 'list.errorForeground' },
  suspended: { badge: '‖', color: 'disabledForeground' },
  unknown: { badge: '?', color: undefined },
};
