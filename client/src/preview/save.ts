// Writes what a preview shows into a file.
import { type Disposable, Uri, commands, window, workspace } from 'vscode';
import { type RenderedYaml, renderedYaml } from '../../../protocol/src/messages.ts';
import type { PreviewStates } from './states.ts';
import type { Server } from '../server.ts';
import { previewFor } from './active.ts';
import { previewName } from './name.ts';

const withSecrets = 'Save With Secret Values';
const masked = 'Save Masked';

/** Registers the command that saves a rendering. */
export function registerSave(server: Server, states: PreviewStates): Disposable {
  return commands.registerCommand('drydock.saveRendering', async (target?: Uri) => {
    const preview = previewFor(target);
    if (!preview) return;
    const rendered = await manifestsOf(server, preview);
    if (!rendered) return;
    const file = await window.showSaveDialog({
      title: titleOf(preview, states),
      defaultUri: proposedFile(preview),
      filters: { YAML: ['yaml', 'yml'] },
    });
    if (!file) return;
    await workspace.fs.writeFile(file, new TextEncoder().encode(rendered.yaml));
    const answer = await window.showInformationMessage(`Saved to ${workspace.asRelativePath(file)}.`, 'Open');
    if (answer === 'Open') await window.showTextDocument(file);
  });
}

/** The manifests as the user wants them; undefined when nothing shall be saved. */
async function manifestsOf(server: Server, preview: Uri): Promise<RenderedYaml | undefined> {
  const uri = preview.toString();
  const rendered = await server.ask(renderedYaml, { uri, secrets: 'masked' });
  if (!rendered) {
    void window.showInformationMessage('There is nothing to save: it was never rendered.');
    return undefined;
  }
  if (!rendered.hasSecrets) return rendered;
  const detail = 'Masked, the file cannot be applied. With the values, keep it out of Git.';
  const answer = await window.showWarningMessage('The rendering holds values of Secrets.', { modal: true, detail }, masked, withSecrets);
  if (answer === withSecrets) return (await server.ask(renderedYaml, { uri, secrets: 'plain' })) ?? undefined;
  return answer === masked ? rendered : undefined;
}

function titleOf(preview: Uri, states: PreviewStates): string {
  const state = states.of(preview);
  const what = state && state.filter !== '' ? `${state.shown} of ${state.resources} resources` : 'the rendering';
  return state?.kind === 'stale' ? `Save ${what}: the last good one` : `Save ${what}`;
}

function proposedFile(preview: Uri): Uri {
  const name = `${previewName(preview).replaceAll(/[^\w.-]+/g, '-')}.yaml`;
  const folder = workspace.workspaceFolders?.[0]?.uri;
  return folder ? Uri.joinPath(folder, name) : Uri.file(name);
}
