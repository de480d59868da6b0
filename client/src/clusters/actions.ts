// Acts on what a row stands for: asks what stands before it, shows that, and follows what comes of it.
import { type Disposable, ProgressLocation, commands, window } from 'vscode';
import {
  type ActionResult,
  type ClusterAction,
  type Gate,
  clusterAct,
  clusterActionProgress,
  clusterGate,
} from '../../../protocol/src/clusters.ts';
import type { Server } from '../server.ts';
import type { ClusterLogs } from './logs.ts';
import { showObjectReport } from './object-reports.ts';

/** What actions are done with, and what tells of them. */
export interface Acting {
  readonly server: Server;
  readonly logs: ClusterLogs;
}

/**
 * Does an action on the object of a row, unless the gate or the user stops it.
 *
 * @param name What reports call the object.
 */
export async function actOn(acting: Acting, id: string, action: ClusterAction, name: string): Promise<void> {
  const { server } = acting;
  const gate = await window.withProgress({ location: ProgressLocation.Window, title: `Looking at what stands before it: ${name}` }, () =>
    server.ask(clusterGate, { id, action }),
  );
  if (gate.refusals.length > 0) {
    const remedy = await refused(gate);
    // What was refused is asked for again when the way is free.
    if (remedy && (await attempt(acting, id, remedy, name))) await actOn(acting, id, action, name);
    return;
  }
  const result = await done(acting, gate, id, action, name);
  if (result) await tell(acting, gate.title, id, action, name, result);
}

/** Does what takes a refusal away; tells whether that is done. Only its failure is worth words. */
async function attempt(acting: Acting, id: string, action: ClusterAction, name: string): Promise<boolean> {
  const gate = await acting.server.ask(clusterGate, { id, action });
  if (gate.refusals.length > 0) {
    await refused(gate);
    return false;
  }
  const result = await done(acting, gate, id, action, name);
  if (result && !result.succeeded) await tell(acting, gate.title, id, action, name, result);
  return result?.succeeded === true;
}

/** Does it if the user goes through the gate; how it ended, undefined when nobody knows. */
async function done(acting: Acting, gate: Gate, id: string, action: ClusterAction, name: string): Promise<ActionResult | undefined> {
  if (!(await passes(gate))) return undefined;
  const result = await followed(acting.server, gate.title, id, action);
  if (result !== 'left') return result;
  await offerToEnd(acting, id, action, name);
  return undefined;
}

/** Says why it can't be done; gives what takes that away if the user wants that. */
async function refused({ title, refusals, remedy }: Gate): Promise<ClusterAction | undefined> {
  const offers = remedy ? [remedy.words] : [];
  const chosen = await window.showErrorMessage(`${title}: not possible`, { modal: true, detail: refusals.join('\n\n') }, ...offers);
  return chosen === undefined ? undefined : remedy?.action;
}

/** Shows the gate; tells whether the user goes through. */
async function passes({ title, warnings, changes, typed }: Gate): Promise<boolean> {
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
async function offerToEnd(acting: Acting, id: string, action: ClusterAction, name: string): Promise<void> {
  const canEnd = action.kind === 'sync' || action.kind === 'rollback';
  const end = 'Terminate';
  const chosen = await window.showInformationMessage(
    `${name} is no longer followed. What its controller has begun goes on.`,
    ...(canEnd ? [end] : []),
  );
  if (chosen === end) await actOn(acting, id, { kind: 'terminate' }, name);
}

/** Tells how it ended, with the ways to know more that make sense then. */
async function tell(
  { server, logs }: Acting,
  title: string,
  id: string,
  action: ClusterAction,
  name: string,
  { succeeded, message, failures }: ActionResult,
): Promise<void> {
  const text = [`${title}: ${message}`, ...failures.map((each) => each.text)].join('\n');
  const [failure] = failures;
  const withLogs = failures.find(({ hasLogs }) => hasLogs);
  const deploys = action.kind === 'sync' || action.kind === 'rollback' || action.kind === 'reconcile';
  const diff = { Diff: () => commands.executeCommand('drydock.diffWithCluster', { id }) };
  const conditions = { 'Show Conditions': () => showObjectReport(server, 'conditions', id, name) };
  const followUps: Readonly<Record<string, () => Thenable<unknown>>> = succeeded
    ? { ...(deploys ? conditions : {}), ...(leavesMore(action) ? diff : {}) }
    : {
        'Why?': () => showObjectReport(server, 'explanation', id, name),
        'Show Events': () => showObjectReport(server, 'events', failure?.id ?? id, nameOfFailure(failure) ?? name),
        ...(withLogs ? { 'Show Logs': () => logs.show(withLogs.id, nameOfFailure(withLogs) ?? name, 'workload') } : {}),
        ...(deploys ? { ...diff, ...conditions } : {}),
      };
  const shown = Object.keys(followUps);
  const chosen = succeeded ? await window.showInformationMessage(text, ...shown) : await window.showErrorMessage(text, ...shown);
  if (chosen !== undefined) await followUps[chosen]?.();
}

// What was only tried, or done in part, leaves something to compare.
function leavesMore(action: ClusterAction): boolean {
  return (
    (action.kind === 'sync' && (action.dryRun || !action.prune || action.only.length > 0)) || (action.kind === 'rollback' && action.dryRun)
  );
}

// `Deployment/web: what it says`
function nameOfFailure(failure: ActionResult['failures'][number] | undefined): string | undefined {
  return failure && failure.text.slice(0, failure.text.indexOf(': ')).replace('/', ' ');
}
