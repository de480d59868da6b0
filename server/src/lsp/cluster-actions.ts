// Answers what the client asks before, while and after somebody acts on a cluster.
import type { Connection } from 'vscode-languageserver';
import {
  type ActionFailure,
  type ActionResult,
  type RowAction,
  clusterAct,
  clusterActionProgress,
  clusterGate,
  clusterHistory,
} from '../../../protocol/src/clusters.ts';
import type { Settings } from '../../../protocol/src/options.ts';
import { act } from '../cluster/actions/act.ts';
import { ActionRefused, type Result } from '../cluster/actions/action.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { ClusterError } from '../cluster/cluster-error.ts';
import { hasPods } from '../cluster/pods.ts';
import { historyOf } from '../cluster/history.ts';
import { idOf } from '../cluster/tree/inventory.ts';
import type { ObjectName, RowKey } from '../cluster/tree/row.ts';
import { actionGate } from '../session/gate/action-gate.ts';
import { lookRefusals } from '../session/gate/row-refusals.ts';
import { selectedResources } from '../session/gate/selected-resources.ts';
import type { Session } from '../session/session.ts';
import { answerer } from './answerer.ts';
import { rowId } from './told-row.ts';
import { type FindCluster, type FoundCluster, objectOf } from './cluster-object.ts';

/** What actions are answered from. */
export interface ClusterActing {
  readonly session: Session;
  readonly settings: () => Settings;
  readonly opened: Promise<void>;
  readonly cluster: FindCluster;
  /** The clusters that were asked for so far. */
  readonly known: () => readonly FoundCluster[];
}

/** Answers the requests about actions. */
export function answerClusterActions(connection: Connection, { session, settings, opened, cluster, known }: ClusterActing): void {
  const answer = answerer(connection, opened);
  answer(clusterGate, async ({ id, action }, signal) => {
    const closed = (reason: string) => ({ title: 'This', refusals: [reason], warnings: [], changes: [], typed: '' });
    try {
      const found = await objectOf(id, cluster, signal);
      if (!found) return closed('It is gone.');
      const others = known().map((each) => each.cluster);
      return await actionGate(session, settings(), { ...found, others }, action, signal);
    } catch (error) {
      if (error instanceof ClusterError) return closed(error.message);
      throw error;
    }
  });
  answer(clusterAct, async ({ id, action, token }, signal): Promise<ActionResult> => {
    let last = '';
    const progress = (message: string): void => {
      if (message === last) return;
      last = message;
      void connection.sendNotification(clusterActionProgress.method, { token, message });
    };
    const { context } = JSON.parse(id) as RowKey;
    const withheld = lookRefused((await cluster(context))?.cluster);
    const result = await told(id, async () => {
      const found = await objectOf(id, cluster, signal);
      if (!found) throw new ActionRefused('It is gone.');
      // Whatever the client has asked: what is refused is not done.
      const target = { ...found, others: known().map((each) => each.cluster) };
      const { refusals } = await actionGate(session, settings(), target, action, signal);
      if (refusals.length > 0) throw new ActionRefused(refusals.join(' '));
      return act(found.cluster, found.tracked.name, action, selectedResources(action), progress, signal);
    });
    return { ...result, object: objectRow(id), withheld };
  });
  answer(clusterHistory, async ({ id }, signal) => {
    const found = await objectOf(id, cluster, signal);
    return found ? historyOf(found.tracked.object, session.view) : [];
  });
}

function lookRefused(own: Cluster | undefined): RowAction[] {
  if (!own) return [];
  return (['diff', 'events', 'logs'] as const).filter((action) => lookRefusals(own, action, 'resource').length > 0);
}

async function told(id: string, doing: () => Promise<Result>): Promise<Omit<ActionResult, 'object' | 'withheld'>> {
  try {
    const { succeeded, message, failures } = await doing();
    return { succeeded, message, failures: failures.map((each) => failureOf(id, message, each)) };
  } catch (error) {
    if (error instanceof ActionRefused || error instanceof ClusterError) return { succeeded: false, message: error.message, failures: [] };
    throw error;
  }
}

function failureOf(id: string, told: string, failure: Result['failures'][number]): ActionFailure {
  const { kind, name, message } = failure;
  return { id: rowOf(id, failure), name: `${kind} ${name}`, message: told.includes(message) ? '' : message, hasLogs: hasPods(failure) };
}

/** The id of the row of something that an action on the object of the row `id` failed at. */
function rowOf(id: string, { group, kind, namespace, name }: ObjectName): string {
  const key = JSON.parse(id) as RowKey;
  const owner = key.row === 'resource' ? key.owner : key.row === 'object' ? ownName(key) : undefined;
  const failed = { group, kind, namespace, name };
  return rowId(
    owner && idOf(owner) !== idOf(failed)
      ? { row: 'resource', context: key.context, owner, ...failed }
      : { row: 'object', context: key.context, ...failed },
  );
}

/** The row of what the row `id` is of, or what has put that there. */
function objectRow(id: string): ActionResult['object'] {
  const key = JSON.parse(id) as RowKey;
  if (key.row !== 'resource') return { id, name: key.row === 'object' ? `${key.kind} ${key.name}` : '' };
  return { id: rowId({ row: 'object', context: key.context, ...ownName(key.owner) }), name: `${key.owner.kind} ${key.owner.name}` };
}

function ownName({ group, kind, namespace, name }: ObjectName): ObjectName {
  return { group, kind, namespace, name };
}
