// The values that a chart is rendered with, and where each comes from.
import { type Disposable, Uri, ViewColumn, commands, window, workspace } from 'vscode';
import { pipelinesOf } from '../../../protocol/src/messages.ts';
import { renderedScheme } from '../../../protocol/src/preview.ts';
import type { Server } from '../server.ts';
import { mayRender } from './trust.ts';
import { showPreview } from './open.ts';

/** What the command is given: by a code lens, by a menu, or nothing by the palette. */
type Target = { readonly preview: string } | Uri | undefined;

/** Registers the command that shows the effective values of a preview, or of what a file takes part in. */
export function registerValues(server: Server): Disposable {
  return commands.registerCommand('drydock.showEffectiveValues', async (target?: Target) => {
    if (!(await mayRender())) return;
    const preview = target && 'preview' in target ? target.preview : await chosen(server, target ?? window.activeTextEditor?.document.uri);
    if (preview === undefined) return;
    await showPreview(Uri.parse(preview).with({ fragment: 'values' }), ViewColumn.Beside, 'keep-focus');
  });
}

/** The preview that a document is, else the one that the user chooses of those that the file takes part in. */
async function chosen(server: Server, document: Uri | undefined): Promise<string | undefined> {
  if (document?.scheme === renderedScheme) return document.toString();
  if (document?.scheme !== 'file') return undefined;
  const choices = (await server.ask(pipelinesOf, { uri: document.toString() })).filter(({ hasValues }) => hasValues);
  const [only, ...others] = choices;
  if (!only) {
    const name = workspace.asRelativePath(document);
    void window.showInformationMessage(
      `${name} is part of no chart and of no kustomization with helmCharts, and declares no HelmRelease and no Application of a chart.`,
    );
    return undefined;
  }
  const picked = others.length === 0 ? only : await window.showQuickPick([...choices], { title: 'Effective values of' });
  return picked?.preview;
}
