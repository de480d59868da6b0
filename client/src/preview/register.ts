// The rendered preview, put together: commands, memory of choices, and the ways its state is shown.
import { type Disposable, type ExtensionContext, type Uri, commands } from 'vscode';
import type { ObjectNode } from '../../../protocol/src/messages.ts';
import type { Server } from '../server.ts';
import { showApplications } from './applications.ts';
import { showButtonWhereRendered } from './button.ts';
import { flashChanges } from './flash.ts';
import { registerCompare } from './compare.ts';
import { registerCopy } from './copy.ts';
import { registerFilter } from './filter.ts';
import { registerSave } from './save.ts';
import { markPreviews } from './marks.ts';
import { openPreview } from './open.ts';
import { PipelineChoice } from './pipeline-choice.ts';
import { restorePreviews } from './restore.ts';
import { PreviewStates } from './states.ts';
import { registerValues } from './values.ts';
import { showPreviewStatus } from './status.ts';
import { decoratePreviewTabs } from './tabs.ts';
import { mayRender } from './trust.ts';

/** What the preview commands are given: by the editor title button, a code lens, the tree, or nothing by the palette. */
type Target = Uri | { readonly preview: string } | ObjectNode | undefined;

/** Registers everything that opens, marks, restores and closes previews. */
export function registerPreview(context: ExtensionContext, server: Server): Disposable[] {
  const choice = new PipelineChoice(server, context.workspaceState);
  const states = new PreviewStates(server);
  const open = async (target: Target, where: 'here' | 'beside') => {
    const preview = (await mayRender()) ? await previewOf(target, choice) : undefined;
    if (preview !== undefined) await openPreview(preview, where);
  };
  return [
    states,
    commands.registerCommand('drydock.openPreview', (target: Target) => open(target, 'here')),
    commands.registerCommand('drydock.openPreviewToSide', (target: Target) => open(target, 'beside')),
    commands.registerCommand('drydock.chooseOverlay', async () => {
      const preview = (await mayRender()) ? await choice.again() : undefined;
      if (preview !== undefined) await openPreview(preview, 'beside');
    }),
    commands.registerCommand('drydock.showApplications', ({ preview }: { readonly preview: string }) => showApplications(server, preview)),
    registerFilter(server, states),
    registerCopy(server),
    registerSave(server, states),
    registerCompare(server),
    registerValues(server),
    markPreviews(states),
    flashChanges(context, states),
    showPreviewStatus(states),
    decoratePreviewTabs(states),
    showButtonWhereRendered(server),
    restorePreviews(context.workspaceState, server),
  ];
}

async function previewOf(target: Target, choice: PipelineChoice): Promise<string | undefined> {
  if (target === undefined) return choice.forActiveFile();
  if ('preview' in target || 'children' in target) return target.preview;
  return choice.forFile(target.toString());
}
