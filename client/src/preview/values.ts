// The values that a chart is rendered with, and where each comes from.
import { type Disposable, Uri, ViewColumn, commands, window, workspace } from 'vscode';
import { pipelinesOf } from '../../../protocol/src/messages.ts';
import type { Server } from '../server.ts';
import { mayRender } from './trust.ts';
import { showPreview } from './open.ts';

/** Registers the command that shows the effective values of what a file takes part in. */
export function registerValues(server: Server): Disposable {
  return commands.registerCommand('drydock.showEffectiveValues', async (target?: Uri) => {
    const file = target instanceof Uri ? target : window.activeTextEditor?.document.uri;
    if (file?.scheme !== 'file' || !(await mayRender())) return;
    const choices = (await server.ask(pipelinesOf, { uri: file.toString() })).filter(({ hasValues }) => hasValues);
    const [only, ...others] = choices;
    if (!only) {
      void window.showInformationMessage(`${workspace.asRelativePath(file)} is part of no chart, and declares no HelmRelease.`);
      return;
    }
    const picked = others.length === 0 ? only : await window.showQuickPick([...choices], { title: 'Effective values of' });
    if (picked) await showPreview(Uri.parse(picked.preview).with({ fragment: 'values' }), ViewColumn.Beside, 'keep-focus');
  });
}
