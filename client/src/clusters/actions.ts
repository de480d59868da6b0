// Acts on what a row stands for: asks what stands before it, shows that, and follows what comes of it.
import { type Disposable, ProgressLocation, commands, window } from 'vscode';
import {
  type ActionFailure,
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
  if (result) await tell(acting, gate.title, action, result);
}

/** Does what takes a refusal away; tells whether that is done. Only its failure is worth words. */
async function attempt(acting: Acting, id: string, action: ClusterAction, name: string): Promise<boolean> {
  const gate = await acting.server.ask(clusterGate, { id, action });
  if (gate.refusals.length > 0) {
    await refused(gate);
    return false;
  }
  const result = await done(acting, gate, id, action, name);
  if (result && !result.succeeded) await tell(acting, gate.title, action, result);
  return result?.succeeded === true;
}

/** Does it if the user goes through the gate; how it ended, undefined when nobody knows. */
async function done(acting: Acting, gate: Gate, id: string, action: ClusterAction, name: string): Promise<ActionResult | undefined> {
  if (!((isLook(action) && gate.warnings.length === 0) || (await passes(gate)))) return undefined;
  const result = await followed(acting.server, gate.title, id, action);
  if (result !== 'left') return result;
  await offerToEnd(acting, id, action, name);
  return undefined;
}

// Looking anew changes nothing, and needs no question.
function isLook({ kind }: ClusterAction): boolean {
  return kind === 'refresh';
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
async function tell(acting: Acting, title: string, action: ClusterAction, result: ActionResult): Promise<void> {
  const { succeeded, message, failures, object } = result;
  const others = failures.filter((each) => each.id !== object.id);
  const links = succeeded ? linksOfSuccess(acting, action, result) : linksOfFailure(acting, action, result, others);
  if (succeeded) {
    const chosen = await window.showInformationMessage(`${title}: ${message}`, ...Object.keys(links));
    if (chosen !== undefined) await links[chosen]?.();
    return;
  }
  const failed = others.map((each) => (each.message === '' ? each.name : `${each.name}: ${each.message}`));
  // Notifications have one line.
  const text = [`${title}: ${message.replace(/[.\s]+$/, '')}.`, ...(failed.length > 0 ? [`Failed: ${failed.join('; ')}`] : [])].join(' ');
  // One look seldom tells all: it stays until the user closes it.
  for (let chosen = await ask(); chosen !== undefined; chosen = await ask()) await links[chosen]?.();

  async function ask(): Promise<string | undefined> {
    return window.showErrorMessage(text, ...Object.keys(links));
  }
}

type Links = Readonly<Record<string, () => Thenable<unknown>>>;

function linksOfSuccess({ server }: Acting, action: ClusterAction, { object, withheld }: ActionResult): Links {
  return {
    ...(isDelivery(action) ? { 'Show Conditions': () => showObjectReport(server, 'conditions', object.id, object.name) } : {}),
    ...(leavesDifferences(action) ? diffLink(object.id, withheld) : {}),
  };
}

function linksOfFailure(
  { server, logs }: Acting,
  action: ClusterAction,
  { object: { id, name }, withheld }: ActionResult,
  failures: readonly ActionFailure[],
): Links {
  const [failure] = failures;
  const withLogs = withheld.includes('logs') ? undefined : failures.find(({ hasLogs }) => hasLogs);
  return {
    'Why?': () => showObjectReport(server, 'explanation', id, name),
    ...(withheld.includes('events')
      ? {}
      : { 'Show Events': () => showObjectReport(server, 'events', failure?.id ?? id, failure?.name ?? name) }),
    // A log is followed until somebody ends that: nobody waits for it here.
    ...(withLogs ? { 'Show Logs': () => Promise.resolve(void logs.show(withLogs.id, withLogs.name, 'workload')) } : {}),
    ...(isDelivery(action) ? { ...diffLink(id, withheld), 'Show Conditions': () => showObjectReport(server, 'conditions', id, name) } : {}),
  };
}

function diffLink(id: string, withheld: ActionResult['withheld']): Links {
  return withheld.includes('diff') ? {} : { Diff: () => commands.executeCommand('drydock.diffWithCluster', { id }) };
}

function isDelivery({ kind }: ClusterAction): boolean {
  return kind === 'sync' || kind === 'rollback' || kind === 'reconcile';
}

// What was only tried, or done in part, leaves something to compare.
function leavesDifferences(action: ClusterAction): boolean {
  if (action.kind === 'rollback') return action.dryRun;
  return action.kind === 'sync' && (action.dryRun || !action.prune || action.only.length > 0);
}
