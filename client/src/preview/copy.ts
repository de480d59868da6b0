// Takes manifests out of a preview, as it shows them: secret values stay masked.
import { type DocumentSymbol, type Uri, Disposable, commands, env, window } from 'vscode';
import type { Server } from '../server.ts';
import { previewEditor, previewFor } from './active.ts';
import { renderedYaml } from '../../../protocol/src/messages.ts';

/** Registers the commands that copy from a preview. */
export function registerCopy(server: Server): Disposable {
  return Disposable.from(
    commands.registerCommand('drydock.copyResource', copyResource),
    commands.registerCommand('drydock.copyRendering', async (target?: Uri) => {
      const preview = previewFor(target);
      if (!preview) return;
      const rendered = await server.ask(renderedYaml, { uri: preview.toString(), secrets: 'masked' });
      if (rendered) await copy(rendered.yaml, 'All that the preview shows');
      else void window.showInformationMessage('There is nothing to copy: it was never rendered.');
    }),
  );
}

async function copyResource(): Promise<void> {
  const editor = previewEditor();
  if (!editor) return;
  const { document, selection } = editor;
  const symbols = await commands.executeCommand<DocumentSymbol[] | undefined>('vscode.executeDocumentSymbolProvider', document.uri);
  const resource = symbols?.find(({ range }) => range.contains(selection.active));
  if (resource) await copy(`${document.getText(resource.range)}\n`, resource.name);
  else void window.showInformationMessage('The cursor is in no resource: put it into the one to copy.');
}

async function copy(text: string, what: string): Promise<void> {
  await env.clipboard.writeText(text);
  window.setStatusBarMessage(`$(check) ${what} copied`, 3000);
}
