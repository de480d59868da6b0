// Which rendering a file is previewed in. A base takes part in many; what the user picks is remembered for each file.
import { type Memento, window, workspace, Uri } from 'vscode';
import { type Pipeline, pipelinesOf } from '../../../protocol/src/messages.ts';
import type { Server } from '../server.ts';

const memoryKey = 'drydock.previewOfFile';

/** Finds what to preview; all results are URIs of previews, undefined when the user was told why not. */
export class PipelineChoice {
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

  /** The preview remembered for the file at this URI, the only one, or the one that the user picks now. */
  async forFile(file: string): Promise<string | undefined> {
    const pipelines = await this.#server.ask(pipelinesOf, { uri: file });
    const remembered = this.#remembered(file);
    if (pipelines.some(({ preview }) => preview === remembered)) return remembered;
    return pipelines.length > 1 ? this.#pick(file, pipelines) : single(file, pipelines);
  }

  /** Asks in which rendering the active file shall be previewed, also when that was answered before. */
  async again(): Promise<string | undefined> {
    const file = activeFile();
    if (file === undefined) return undefined;
    const pipelines = await this.#server.ask(pipelinesOf, { uri: file });
    return pipelines.length === 0 ? single(file, pipelines) : this.#pick(file, pipelines);
  }

  #remembered(file: string): string | undefined {
    return this.#memory.get<Readonly<Record<string, string>>>(memoryKey, {})[file];
  }

  async #pick(file: string, pipelines: readonly Pipeline[]): Promise<string | undefined> {
    const remembered = this.#remembered(file);
    const items = pipelines.map(({ preview, label }) => ({ label, preview, description: preview === remembered ? 'chosen last' : '' }));
    const picked = await window.showQuickPick(items, {
      title: `What to preview ${workspace.asRelativePath(Uri.parse(file))} in`,
      placeHolder: 'Kept for this file, until “Drydock: Choose What to Preview”',
    });
    if (picked) {
      const chosen = this.#memory.get<Readonly<Record<string, string>>>(memoryKey, {});
      await this.#memory.update(memoryKey, { ...chosen, [file]: picked.preview });
    }
    return picked?.preview;
  }
}

function activeFile(): string | undefined {
  const editor = window.activeTextEditor;
  if (editor?.document.uri.scheme === 'file') return editor.document.uri.toString();
  void window.showInformationMessage(
    'Open a file of an overlay, a chart or an application first: the preview shows what the active file is rendered to.',
  );
  return undefined;
}

function single(file: string, pipelines: readonly Pipeline[]): string | undefined {
  const [first] = pipelines;
  if (first) return first.preview;
  const name = workspace.asRelativePath(Uri.parse(file));
  void window.showInformationMessage(
    `Nothing in this workspace renders ${name}: name it under “resources” or “patches” of a kustomization to preview it.`,
  );
  return undefined;
}
