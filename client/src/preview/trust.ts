import { commands, window, workspace } from 'vscode';

/** Whether previews can be rendered; when not, the user is told why and how to change it. */
export async function mayRender(): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const manage = 'Manage Workspace Trust';
  const answer = await window.showWarningMessage('Nothing is rendered in an untrusted workspace.', manage);
  if (answer === manage) await commands.executeCommand('workbench.trust.manage');
  return false;
}
