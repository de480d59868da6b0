// How an Application is synced, as the user chooses it.
import { type QuickPickItem, window } from 'vscode';
import type { ClusterAction } from '../../../protocol/src/clusters.ts';

/** An option of a sync that is chosen in a list. */
interface SyncChoice extends QuickPickItem {
  readonly option: 'prune' | 'dryRun' | 'force' | 'applyOnly' | 'revision';
}

const syncChoices: readonly SyncChoice[] = [
  { option: 'prune', label: 'Prune', description: 'delete what Git no longer has' },
  { option: 'dryRun', label: 'Dry run', description: 'change nothing, only say what would happen' },
  { option: 'applyOnly', label: 'Apply only', description: 'leave hooks out' },
  { option: 'force', label: 'Force', description: 'delete and make again what can not be changed' },
  { option: 'revision', label: 'Another revision…', description: 'than the one that is tracked' },
];

/**
 * Lets the user choose how an Application is synced; undefined when they give up.
 *
 * @param only Ids of rows of the resources that are to be synced; none for all.
 */
export async function chooseSync(only: readonly string[], name: string): Promise<ClusterAction | undefined> {
  const chosen = await window.showQuickPick(syncChoices, {
    title: `Sync ${name}`,
    placeHolder: 'Options of the sync; none is fine',
    canPickMany: true,
  });
  if (!chosen) return undefined;
  const has = (option: SyncChoice['option']): boolean => chosen.some((each) => each.option === option);
  const revision = has('revision') ? await chooseRevision(name) : '';
  if (revision === undefined) return undefined;
  return { kind: 'sync', revision, prune: has('prune'), dryRun: has('dryRun'), force: has('force'), applyOnly: has('applyOnly'), only };
}

async function chooseRevision(name: string): Promise<string | undefined> {
  const revision = await window.showInputBox({
    title: `Sync ${name}`,
    prompt: 'A branch, tag or commit of its repository',
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? 'Type a revision, or press Escape.' : undefined),
  });
  return revision?.trim();
}
