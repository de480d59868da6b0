// `drydock sync`: tells the controller that deploys something to do so now, after the gate that stands before every change.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ClusterAction, Gate } from '../../protocol/src/clusters.ts';
import { act } from '../../server/src/cluster/actions/act.ts';
import { ActionRefused, type Result } from '../../server/src/cluster/actions/action.ts';
import type { Cluster } from '../../server/src/cluster/cluster.ts';
import { ClusterError } from '../../server/src/cluster/cluster-error.ts';
import { actionGate } from '../../server/src/session/gate/action-gate.ts';
import type { Session } from '../../server/src/session/session.ts';
import { fromNativePath } from '../../server/src/workspace/paths.ts';
import { readArguments } from './arguments.ts';
import { ask, canAsk } from './ask.ts';
import { chosenClusters, complain, contextOptions } from './cluster-of.ts';
import { OutputError } from './output.ts';
import { startSession } from './start-session.ts';
import { foldersAround } from './folders-around.ts';
import { type Target, targetIn } from './sync-target.ts';
import { oneLine } from './table.ts';
import { UsageError } from './usage-error.ts';
import type { UserSettings } from './user-settings.ts';

const options = {
  ...contextOptions,
  namespace: { type: 'string', short: 'n' },
  revision: { type: 'string' },
  prune: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  'apply-only': { type: 'boolean', default: false },
  'with-source': { type: 'boolean', default: false },
  force: { type: 'boolean', default: false },
  yes: { type: 'boolean', short: 'y', default: false },
  confirm: { type: 'string' },
  timeout: { type: 'string', default: '300' },
} as const;

type Values = ReturnType<typeof readArguments<typeof options>>['values'];

/** Runs the command; gives the exit code: 1 when it was refused, failed, or did not end in time. */
export async function sync(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args, options);
  const [wanted, ...rest] = positionals;
  if (wanted === undefined || rest.length > 0) throw new UsageError('sync takes one folder, file or kind/name');
  const seconds = Number(values.timeout);
  if (!(seconds > 0)) throw new UsageError('--timeout is a number of seconds');
  const ending = new AbortController();
  const { signal } = ending;
  process.once('SIGINT', () => ending.abort(new OutputError('interrupted: what was begun goes on in the cluster')));
  try {
    const { clusters, settings } = await chosenClusters(values);
    if (settings.problems.length > 0)
      throw new OutputError(`nothing is changed, since settings can't be read:\n${settings.problems.join('\n')}`);
    const unusable = clusters.find(({ context }) => context.problem !== undefined);
    if (unusable) throw new OutputError(unusable.context.problem ?? '');
    await Promise.all(clusters.map((cluster) => cluster.list(signal)));
    await using scope = new AsyncDisposableStack();
    const place = fromNativePath(existsSync(wanted) ? path.resolve(wanted) : process.cwd());
    const session = scope.adopt(await startSession([place], (given) => given), (each) => each.dispose());
    await session.openFolders(await foldersAround([place]));
    const target = targetIn(clusters, session.view, wanted, values.namespace);
    const action = actionFor(target, values);
    if (!(await passed(session, { ...target, others: clusters }, action, settings, values, signal))) return 1;
    const late = setTimeout(
      () => ending.abort(new OutputError(`not done after ${seconds} s (--timeout): what was begun goes on in the cluster`)),
      seconds * 1000,
    );
    const result = await act(target.cluster, target.tracked.name, action, [], said(), signal).finally(() => clearTimeout(late));
    return told(result);
  } catch (error) {
    if (error instanceof ClusterError || error instanceof ActionRefused) throw new OutputError(error.message);
    throw error;
  }
}

/** What is done with an object. @throws UsageError for options that its controller does not know. */
function actionFor({ tracked: { name, kind } }: Target, values: Values): ClusterAction {
  const { revision = '', prune, force } = values;
  const refuse = (...unknown: readonly (keyof Values)[]): void => {
    const given = unknown.find((option) => values[option] !== false && values[option] !== undefined);
    if (given !== undefined) throw new UsageError(`--${given} is nothing that a ${name.kind} can be told`);
  };
  if (name.kind === 'Application') {
    refuse('with-source');
    return { kind: 'sync', revision, prune, dryRun: values['dry-run'], force, applyOnly: values['apply-only'], only: [] };
  }
  if (kind.tool === 'argocd') throw new UsageError(`a ${name.kind} is not synced: name one of its Applications`);
  refuse('revision', 'prune', 'dry-run', 'apply-only', ...(name.kind === 'HelmRelease' ? [] : (['force'] as const)));
  return { kind: 'reconcile', withSource: values['with-source'], force, reset: force };
}

/** Whether it may be done: nothing refuses it, and the user wants it, knowing what is to be known. */
async function passed(
  session: Session,
  target: Target & { readonly others: readonly Cluster[] },
  action: ClusterAction,
  { cluster: settings }: UserSettings,
  { yes, confirm }: Values,
  signal: AbortSignal,
): Promise<boolean> {
  const gate = await actionGate(session, { ...session.settings(), cluster: settings }, target, action, signal);
  process.stderr.write(`${oneLine(gate.title)}\n`);
  for (const change of gate.changes) process.stderr.write(`  ${oneLine(change)}\n`);
  for (const warning of gate.warnings) process.stderr.write(`  ${oneLine(warning)}\n`);
  for (const refusal of gate.refusals) complain(oneLine(refusal));
  if (gate.refusals.length > 0) return false;
  if (gate.typed === '' ? yes : confirm === gate.typed) return true;
  if (!canAsk()) throw new OutputError(`nothing was done: ${unasked(gate)}`);
  if (await isWanted(gate, signal)) return true;
  complain('nothing was done');
  return false;
}

function unasked({ typed }: Gate): string {
  return typed === ''
    ? 'there is no terminal to ask on, and --yes was not given'
    : `${typed} counts as production (drydock.cluster.productionContexts), and --confirm ${typed} was not given`;
}

async function isWanted({ typed }: Gate, signal: AbortSignal): Promise<boolean> {
  if (typed === '') return /^y(?:es)?$/i.test((await ask('Go on? [y/N] ', signal)).trim());
  return (await ask(`Type ${typed} to go on: `, signal)).trim() === typed;
}

/** Tells what goes on, each thing once. */
function said(): (message: string) => void {
  let last = '';
  return (message) => {
    const line = oneLine(message);
    if (line !== last) process.stderr.write(`${line}\n`);
    last = line;
  };
}

function told({ succeeded, message, failures }: Result): number {
  process.stdout.write(`${succeeded ? 'done' : 'failed'}: ${oneLine(message)}\n`);
  for (const failure of failures) process.stdout.write(`  ${failure.kind}/${failure.name}: ${oneLine(failure.message)}\n`);
  return succeeded ? 0 : 1;
}
