// Answers what the client asks before, while and after somebody acts on a cluster.
import type { Connection } from 'vscode-languageserver';
import {
  type ActionResult,
  type ClusterAction,
  clusterAct,
  clusterActionProgress,
  clusterGate,
  clusterHistory,
} from '../../../protocol/src/clusters.ts';
import type { Settings } from '../../../protocol/src/options.ts';
import { act } from '../cluster/actions/act.ts';
import { ActionRefused, type Result } from '../cluster/actions/action.ts';
import { gateOf } from '../cluster/actions/gate.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { ClusterError } from '../cluster/cluster-error.ts';
import { historyOf } from '../cluster/history.ts';
import { readObject } from '../cluster/objects.ts';
import { type Inventory, type Tracked, trackedOf } from '../cluster/tree/inventory.ts';
import type { ObjectName, RowKey } from '../cluster/tree/row.ts';
import type { View } from '../model/view.ts';
import { answerer } from './answerer.ts';

/** What actions are answered from. */
export interface ClusterActing {
  readonly settings: () => Settings;
  readonly view: () => View;
  readonly opened: Promise<void>;
  /** The cluster of a context and what is known of it; undefined when the kubeconfig does not have it any more. */
  readonly cluster: (context: string) => Promise<{ readonly cluster: Cluster; readonly inventory: Inventory } | undefined>;
}

/** Answers the requests about actions. */
export function answerClusterActions(connection: Connection, { settings, view, opened, cluster }: ClusterActing): void {
  const answer = answerer(connection, opened);
  answer(clusterGate, async ({ id, action }, signal) => {
    const found = await objectOf(id, cluster, signal);
    if (!found) return { title: '', refusals: ['It is gone.'], warnings: [], typed: '' };
    return gateOf(found.cluster, found.inventory, found.tracked, action, settings().cluster, signal);
  });
  answer(clusterAct, async ({ id, action, token }, signal): Promise<ActionResult> => {
    const found = await objectOf(id, cluster, signal);
    if (!found) return { succeeded: false, message: 'It is gone.', failures: [] };
    const gate = await gateOf(found.cluster, found.inventory, found.tracked, action, settings().cluster, signal);
    // Whatever the client has asked: what is refused is not done.
    if (gate.refusals.length > 0) return { succeeded: false, message: gate.refusals.join(' '), failures: [] };
    let last = '';
    const progress = (message: string): void => {
      if (message === last) return;
      last = message;
      void connection.sendNotification(clusterActionProgress.method, { token, message });
    };
    return told(() => act(found.cluster, found.tracked.name, action, onlyOf(action), progress, signal));
  });
  answer(clusterHistory, async ({ id }, signal) => {
    const found = await objectOf(id, cluster, signal);
    return found ? historyOf(found.tracked.object, view()) : [];
  });
}

async function told(doing: () => Promise<Result>): Promise<ActionResult> {
  try {
    const { succeeded, message, failures } = await doing();
    return { succeeded, message, failures: failures.map(({ kind, name, message: why }) => `${kind}/${name}: ${why}`) };
  } catch (error) {
    if (error instanceof ActionRefused || error instanceof ClusterError) return { succeeded: false, message: error.message, failures: [] };
    throw error;
  }
}

interface FoundObject {
  readonly cluster: Cluster;
  readonly inventory: Inventory;
  readonly tracked: Tracked;
}

/** The object of a row, or that a resource's row belongs to, as it is now. */
async function objectOf(id: string, cluster: ClusterActing['cluster'], signal: AbortSignal): Promise<FoundObject | undefined> {
  const key = JSON.parse(id) as RowKey;
  const name = key.row === 'resource' ? key.owner : key.row === 'object' ? key : undefined;
  const found = await cluster(key.context);
  if (!name || !found) return undefined;
  try {
    const tracked = trackedOf(await readObject(found.cluster, name, signal));
    return tracked && { ...found, tracked };
  } catch (error) {
    if (error instanceof ClusterError && error.kind === 'notFound') return undefined;
    throw error;
  }
}

function onlyOf(action: ClusterAction): ObjectName[] {
  if (action.kind !== 'sync') return [];
  return action.only.flatMap((id) => {
    const key = JSON.parse(id) as RowKey;
    return key.row === 'resource' || key.row === 'object' ? [key] : [];
  });
}
