// Which overlay a file is previewed in. A base belongs to many; what the user picks is remembered for each file.
import { type Memento, window, workspace, Uri } from 'vscode';
import { type Overlay, overlaysOf } from '../../../protocol/src/messages.ts';
import type { Server } from '../server.ts';

const memoryKey = 'drydock.overlayOfFile';

/** Finds the overlay to preview; all results are URIs of overlay folders, undefined when the user was told why not. */
export class OverlayChoice {
  readonly #server: Server;
  readonly #memory: Memento;

  constructor(server: Server, memory: Memento) {
    this.#server = server;
    this.#memory = memory;
  }

  /** For the file in the active editor, as {@link forFile}. */
  async forActiveFile(): Promise<string | undefined> {
    const file = activeFile();
    return file === undefined ? undefined : this.forFile(file);
  }

  /** The overlay remembered for the file at this URI, the only one, or the one that the user picks now. */
  async forFile(file: string): Promise<string | undefined> {
    const overlays = await this.#server.ask(overlaysOf, { uri: file });
    const remembered = this.#remembered(file);
    if (overlays.some(({ uri }) => uri === remembered)) return remembered;
    return overlays.length > 1 ? this.#pick(file, overlays) : single(file, overlays);
  }

  /** Asks which overlay the active file shall be previewed in, also when that was answered before. */
  async again(): Promise<string | undefined> {
    const file = activeFile();
    if (file === undefined) return undefined;
    const overlays = await this.#server.ask(overlaysOf, { uri: file });
    return overlays.length === 0 ? single(file, overlays) : this.#pick(file, overlays);
  }

  /** The overlay whose kustomization file this URI is. */
  async ownOverlay(kustomization: string): Promise<string | undefined> {
    const overlays = await this.#server.ask(overlaysOf, { uri: kustomization });
    return single(kustomization, overlays);
  }

  #remembered(file: string): string | undefined {
    return this.#memory.get<Readonly<Record<string, string>>>(memoryKey, {})[file];
  }

  async #pick(file: string, overlays: readonly Overlay[]): Promise<string | undefined> {
    const remembered = this.#remembered(file);
    const items = overlays.map(({ uri, label }) => ({ label, uri, description: uri === remembered ? 'chosen last' : '' }));
    const picked = await window.showQuickPick(items, {
      title: `Overlay to preview ${workspace.asRelativePath(Uri.parse(file))} in`,
      placeHolder: 'Kept for this file, until “Drydock: Choose Overlay for Preview”',
    });
    if (picked) {
      const chosen = this.#memory.get<Readonly<Record<string, string>>>(memoryKey, {});
      await this.#memory.update(memoryKey, { ...chosen, [file]: picked.uri });
    }
    return picked?.uri;
  }
}

function activeFile(): string | undefined {
  const editor = window.activeTextEditor;
  if (editor?.document.uri.scheme === 'file') return editor.document.uri.toString();
  void window.showInformationMessage(
    'Open a file of a kustomize overlay first: the preview shows the overlay that the active file belongs to.',
  );
  return undefined;
}

function single(file: string, overlays: readonly Overlay[]): string | undefined {
  const [first] = overlays;
  if (first) return first.uri;
  const name = workspace.asRelativePath(Uri.parse(file));
  void window.showInformationMessage(
    `No kustomization in this workspace includes ${name}: name it under “resources” or “patches” of one to preview it.`,
  );
  return undefined;
}
