// The rendered preview, put together: commands, memory of choices, and the ways its state is shown.
import { type Disposable, type ExtensionContext, type Uri, commands } from 'vscode';
import type { ObjectNode } from '../../../protocol/src/messages.ts';
import type { Server } from '../server.ts';
import { showButtonWhereOverlaysAre } from './button.ts';
import { markPreviews } from './marks.ts';
import { openPreview } from './open.ts';
import { OverlayChoice } from './overlay-choice.ts';
import { restorePreviews } from './restore.ts';
import { PreviewStates } from './states.ts';
import { showPreviewStatus } from './status.ts';
import { decoratePreviewTabs } from './tabs.ts';
import { mayRender } from './trust.ts';

/** What the preview commands are given: by the editor title button, a code lens, the tree, or nothing by the palette. */
type Target = Uri | { readonly overlay: string } | ObjectNode | undefined;

/** Registers everything that opens, marks, restores and closes previews. */
export function registerPreview(context: ExtensionContext, server: Server): Disposable[] {
  const choice = new OverlayChoice(server, context.workspaceState);
  const states = new PreviewStates(server);
  const open = async (target: Target, where: 'here' | 'beside') => {
    const overlay = (await mayRender()) ? await overlayOf(target, choice) : undefined;
    if (overlay !== undefined) await openPreview(overlay, where);
  };
  return [
    states,
    commands.registerCommand('drydock.openPreview', (target: Target) => open(target, 'here')),
    commands.registerCommand('drydock.openPreviewToSide', (target: Target) => open(target, 'beside')),
    commands.registerCommand('drydock.chooseOverlay', async () => {
      const overlay = (await mayRender()) ? await choice.again() : undefined;
      if (overlay !== undefined) await openPreview(overlay, 'beside');
    }),
    markPreviews(states),
    showPreviewStatus(states),
    decoratePreviewTabs(states),
    showButtonWhereOverlaysAre(server),
    restorePreviews(context.workspaceState, server),
  ];
}

async function overlayOf(target: Target, choice: OverlayChoice): Promise<string | undefined> {
  if (target === undefined) return choice.forActiveFile();
  if ('overlay' in target) return target.overlay;
  if ('children' in target) return target.location && choice.ownOverlay(target.location.uri);
  return choice.forFile(target.toString());
}
