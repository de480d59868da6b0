// Renderings side by side, in the editor's own diff. Both sides follow the sources, except what was rendered earlier.
import { type QuickPickItem, Disposable, Uri, commands, window, workspace } from 'vscode';
import { type Moment, renderedScheme } from '../../../protocol/src/preview.ts';
import { type ObjectNode, objects } from '../../../protocol/src/messages.ts';
import type { Server } from '../server.ts';
import { mayRender } from './trust.ts';
import { previewFor } from './active.ts';
import { previewName } from './name.ts';

interface Choice extends QuickPickItem {
  readonly uri: Uri;
}

/** Registers the commands that compare a preview with something. */
export function registerCompare(server: Server): Disposable {
  const compareWithMoment = async (target: Uri | undefined, moment: Moment, was: string) => {
    const preview = (await mayRender()) ? previewFor(target) : undefined;
    if (!preview) return;
    await diff(preview.with({ fragment: moment }), preview, `${previewName(preview)}: ${was} ↔ now`);
  };
  return Disposable.from(
    commands.registerCommand('drydock.compareWith', async (target?: Uri, other?: Uri) => {
      const preview = (await mayRender()) ? previewFor(target) : undefined;
      if (!preview) return;
      const against = other instanceof Uri ? other : await chooseOther(server, preview);
      if (against) await diff(against, preview, `${previewName(against)} ↔ ${previewName(preview)}`);
    }),
    commands.registerCommand('drydock.compareWithSaved', (target?: Uri) => compareWithMoment(target, 'saved', 'saved files')),
    commands.registerCommand('drydock.compareWithOpened', (target?: Uri) => compareWithMoment(target, 'opened', 'when it was opened')),
  );
}

async function diff(left: Uri, right: Uri, title: string): Promise<void> {
  await commands.executeCommand('vscode.diff', left, right, title, { preview: true });
}

async function chooseOther(server: Server, preview: Uri): Promise<Uri | undefined> {
  const isOther = ({ uri }: Choice): boolean => uri.toString() !== preview.toString();
  const open = workspace.textDocuments
    .filter(({ uri }) => uri.scheme === renderedScheme && uri.fragment === '')
    .map(({ uri }): Choice => ({ uri, label: previewName(uri), description: 'open' }));
  const known = new Set(open.map(({ uri }) => uri.toString()));
  const all = renderedObjects(await server.ask(objects, null)).filter(({ uri }) => !known.has(uri.toString()));
  const choices = [...open, ...all].filter(isOther);
  if (choices.length === 0) {
    void window.showInformationMessage('There is no other rendering in this workspace to compare with.');
    return undefined;
  }
  const picked = await window.showQuickPick(choices, { title: `Compare ${previewName(preview)} with`, matchOnDescription: true });
  return picked?.uri;
}

function renderedObjects(nodes: readonly ObjectNode[]): Choice[] {
  return nodes.flatMap(({ kind, label, description, preview, children }) => [
    ...(preview === undefined ? [] : [{ uri: Uri.parse(preview), label: kind === 'overlay' ? label : `${kind} ${label}`, description }]),
    ...renderedObjects(children),
  ]);
}
