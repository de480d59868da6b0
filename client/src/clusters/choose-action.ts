// All that can be done with a row in a list, which has room for the reasons that menus have not.
import { type ExtensionContext, type QuickPickItem, commands, window } from 'vscode';
import { rowCommands } from './row-commands.ts';
import type { ClusterElement } from './element.ts';

interface ActionItem extends QuickPickItem {
  readonly command: string;
  readonly reason: string | undefined;
}

/** Lets the user choose what is done with a row; what can't be done says why. */
export async function chooseAction({ extension }: ExtensionContext, element: ClusterElement): Promise<void> {
  if (element.kind !== 'row') return;
  const { row } = element;
  const { commands: declared } = (extension.packageJSON as Manifest).contributes;
  const items = row.actions.map((action): ActionItem => {
    const command = rowCommands[action];
    const { title = command, icon } = declared.find((each) => each.command === command) ?? {};
    const reason = row.refused.find((each) => each.action === action)?.reason;
    return reason === undefined
      ? { label: `${icon ?? '$(blank)'} ${title}`, command, reason }
      : { label: `$(circle-slash) ${title}`, description: 'not possible', detail: reason, command, reason };
  });
  const chosen = await window.showQuickPick(items, { title: [row.kind, row.label].join(' ').trim(), placeHolder: 'What is to be done?' });
  if (!chosen) return;
  if (chosen.reason === undefined) await commands.executeCommand(chosen.command, element);
  else await window.showInformationMessage(`${chosen.label.replace('$(circle-slash) ', '')} is not possible: ${chosen.reason}`);
}

/** What package.json declares of commands. */
interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string; readonly title: string; readonly icon?: string }[] };
}
