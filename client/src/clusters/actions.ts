// Acts on what a row stands for: asks what stands before it, shows that, and follows what comes of it.
import { type Disposable, ProgressLocation, window } from 'vscode';
import {
  type ActionResult,
  type ClusterAction,
  type Gate,
  clusterAct,
  clusterActionProgress,
  clusterGate,
} from '../../../protocol/src/clusters.ts';
import type { Server } from '../server.ts';
import { explain, showConditions, showEvents } from './object-reports.ts';

/** Does an action on the object of a row, unless the gate or the user stops it. `name` is what reports call the object. */
export async function actOn(server: Server, id: string, action: ClusterAction, name: string): Promise<void> {
  const gate = await window.withProgress({ location: ProgressLocation.Window, title: `Looking at what stands before it: ${name}` }, () =>
    server.ask(clusterGate, { id, action }),
  );
  if (!(await passes(gate))) return;
  const result = await followed(server, gate.title, id, action);
  if (result === 'left') await offerToEnd(server, id, action, name);
  else await tell(server, gate.title, id, name, result);
}

/** Shows the gate; tells whether the user goes through. */
async function passes({ title, refusals, warnings, changes, typed }: Gate): Promise<boolean> {
  if (refusals.length > 0) {
    await window.showErrorMessage(`${title}: not possible`, { modal: true, detail: refusals.join('\n\n') });
    return false;
  }
  const [verb = 'OK'] = title.split(' ', 1);
  const detail = [...changes, ...warnings].join('\n\n');
  if ((await window.showWarningMessage(`${title}?`, { modal: true, detail }, verb)) !== verb) return false;
  if (typed === '') return true;
  const answer = await window.showInputBox({
    title,
    prompt: `This is production. Type '${typed}' to go on.`,
    ignoreFocusOut: true,
    validateInput: (value) => (value === typed ? undefined : `Type '${typed}', or press Escape.`),
  });
  return answer === typed;
}

/** Follows it; `left` when the user does not want to wait. */
async function followed(server: Server, title: string, id: string, action: ClusterAction): Promise<ActionResult | 'left'> {
  const token = `${id} ${String(Date.now())}`;
  return window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, async (progress, cancellation) => {
    const listening: Disposable = server.listen(clusterActionProgress, (told) => {
      if (told.token === token) progress.report({ message: told.message });
    });
    try {
      return await server.ask(clusterAct, { id, action, token }, cancellation);
    } catch (error) {
      if (cancellation.isCancellationRequested) return 'left';
      throw error;
    } finally {
      listening.dispose();
    }
  });
}

// Cancelling ends the waiting; what a controller has begun goes on.
async function offerToEnd(server: Server, id: string, action: ClusterAction, name: string): Promise<void> {
  const canEnd = action.kind === 'sync' || action.kind === 'rollback';
  const end = 'Terminate';
  const chosen = await window.showInformationMessage(
    `${name} is no longer followed. What its controller has begun goes on.`,
    ...(canEnd ? [end] : []),
  );
  if (chosen === end) await actOn(server, id, { kind: 'terminate' }, name);
}

async function tell(
  server: Server,
  title: string,
  id: string,
  name: string,
  { succeeded, message, failures }: ActionResult,
): Promise<void> {
  const text = [`${title}: ${message}`, ...failures.map((each) => each.text)].join('\n');
  const followUps = {
    'Why?': () => explain(server, id, name),
    'Show Conditions': () => showConditions(server, id, name),
    'Show Events': () => showEvents(server, failures[0]?.id ?? id, name),
  };
  const shown = Object.keys(followUps) as (keyof typeof followUps)[];
  const chosen = succeeded ? await window.showInformationMessage(text, 'Show Conditions') : await window.showErrorMessage(text, ...shown);
  if (chosen) await followUps[chosen]();
}
