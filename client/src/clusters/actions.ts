// Acts on what a row stands for: asks what stands before it, shows that, and follows what comes of it.
import { type Disposable, ProgressLocation, type QuickPickItem, window } from 'vscode';
import {
  type ActionResult,
  type ClusterAction,
  type Gate,
  clusterAct,
  clusterActionProgress,
  clusterGate,
} from '../../../protocol/src/clusters.ts';
import type { Server } from '../server.ts';

/** Does an action on the object of a row, unless the gate or the user stops it. */
export async function actOn(server: Server, id: string, action: ClusterAction): Promise<void> {
  const gate = await server.ask(clusterGate, { id, action });
  if (!(await passes(gate))) return;
  const result = await followed(server, gate.title, id, action);
  if (result) await tell(gate.title, result);
}

/** Shows the gate; tells whether the user goes through. */
async function passes({ title, refusals, warnings, typed }: Gate): Promise<boolean> {
  if (refusals.length > 0) {
    await window.showErrorMessage(`${title}: not possible`, { modal: true, detail: refusals.join('\n\n') });
    return false;
  }
  const [verb = 'OK'] = title.split(' ', 1);
  const detail = warnings.join('\n\n');
  if (typed === '') return (await window.showWarningMessage(`${title}?`, { modal: true, detail }, verb)) === verb;
  const answer = await window.showInputBox({
    title,
    prompt: [`This is production. Type '${typed}' to go on.`, ...warnings].join(' '),
    ignoreFocusOut: true,
    validateInput: (value) => (value === typed ? undefined : `Type '${typed}', or press Escape.`),
  });
  return answer === typed;
}

async function followed(server: Server, title: string, id: string, action: ClusterAction): Promise<ActionResult | undefined> {
  const token = `${id} ${String(Date.now())}`;
  return window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, async (progress, cancellation) => {
    const listening: Disposable = server.listen(clusterActionProgress, (told) => {
      if (told.token === token) progress.report({ message: told.message });
    });
    try {
      return await server.ask(clusterAct, { id, action, token }, cancellation);
    } catch (error) {
      if (cancellation.isCancellationRequested) return undefined;
      throw error;
    } finally {
      listening.dispose();
    }
  });
}

async function tell(title: string, { succeeded, message, failures }: ActionResult): Promise<void> {
  const text = [`${title}: ${message}`, ...failures].join('\n');
  if (succeeded) await window.showInformationMessage(text);
  else await window.showErrorMessage(text);
}

/** An option of a sync that is chosen in a list. */
interface SyncChoice extends QuickPickItem {
  readonly option: 'prune' | 'dryRun' | 'force' | 'applyOnly';
}

const syncChoices: readonly SyncChoice[] = [
  { option: 'prune', label: 'Prune', description: 'delete what Git no longer has' },
  { option: 'dryRun', label: 'Dry run', description: 'change nothing, only say what would happen' },
  { option: 'applyOnly', label: 'Apply only', description: 'leave hooks out' },
  { option: 'force', label: 'Force', description: 'delete and make again what can not be changed' },
];

/** Lets the user choose how an Application is synced; undefined when they give up. */
export async function chooseSync(only: readonly string[]): Promise<ClusterAction | undefined> {
  const chosen = await window.showQuickPick(syncChoices, {
    title: 'Sync',
    placeHolder: 'Options of the sync; none is fine',
    canPickMany: true,
  });
  if (!chosen) return undefined;
  const has = (option: SyncChoice['option']): boolean => chosen.some((each) => each.option === option);
  return { kind: 'sync', revision: '', prune: has('prune'), dryRun: has('dryRun'), force: has('force'), applyOnly: has('applyOnly'), only };
}
