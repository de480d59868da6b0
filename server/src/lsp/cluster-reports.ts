// Answers what the client asks to know of an object of a cluster, and what deploys a file.
import type { Connection } from 'vscode-languageserver';
import {
  type Deployers,
  type ClusterReport,
  clusterDeployers,
  clusterLogLines,
  clusterLogs,
  clusterReport,
} from '../../../protocol/src/cluster-reports.ts';
import { ActionRefused } from '../cluster/actions/action.ts';
import { conditionsText, eventsText, historyText } from '../cluster/explain/listings.ts';
import { orderText } from '../cluster/explain/order.ts';
import { shownText } from '../cluster/explain/shown-text.ts';
import { evidenceOf } from '../cluster/explain/evidence.ts';
import { explanationText } from '../cluster/explain/explain.ts';
import { eventsOf } from '../cluster/events.ts';
import { ClusterError } from '../cluster/cluster-error.ts';
import { historyOf } from '../cluster/history.ts';
import { targetOf } from '../cluster/target.ts';
import { followControllerLogs, followLogs } from '../cluster/logs.ts';
import type { ObjectName, RowKey } from '../cluster/tree/row.ts';
import { deployersOfFile } from '../session/deployers-of-file.ts';
import { pathOf } from '../workspace/paths.ts';
import { answerer } from './answerer.ts';
import type { ClusterActing } from './cluster-actions.ts';
import { type FoundObject, objectOf } from './cluster-object.ts';

// Milliseconds for which lines of a log are gathered before they are sent.
const gathered = 100;

/** Answers the requests about objects and files. */
export function answerClusterReports(connection: Connection, { session, opened, cluster, known }: ClusterActing): void {
  const answer = answerer(connection, opened);
  const others = () => known().map((each) => each.cluster);
  /** The resource of a row, in the cluster that it is in. */
  const resourceOf = async (id: string, { cluster: own, tracked }: FoundObject, signal: AbortSignal) => {
    const key = JSON.parse(id) as RowKey;
    if (key.row !== 'resource') return { cluster: own, name: tracked.name };
    const target = await targetOf(tracked, own, others(), signal);
    if (target.kind === 'none') throw new ActionRefused(target.reason);
    const name: ObjectName = key;
    return { cluster: target.cluster, name };
  };
  answer(clusterDeployers, async ({ uri }, signal): Promise<Deployers> => deployersOfFile(session.view, pathOf(uri), known, signal));
  const texts: Readonly<Record<ClusterReport, (id: string, found: FoundObject, signal: AbortSignal) => Promise<string>>> = {
    explanation: async (_, { cluster: own, inventory, tracked }, signal) =>
      explanationText(await evidenceOf(own, inventory, tracked, signal), own.context.name),
    conditions: (_, { tracked }) => Promise.resolve(conditionsText(tracked)),
    events: async (id, found, signal) => {
      const { cluster: target, name } = await resourceOf(id, found, signal);
      return eventsText(name, await eventsOf(target, name, signal));
    },
    history: (_, { tracked }) => Promise.resolve(historyText(tracked.name, historyOf(tracked.object, session.view))),
    order: (_, { inventory, tracked }) => Promise.resolve(orderText(inventory, tracked)),
  };
  answer(clusterReport, async ({ id, report }, signal) => {
    try {
      const found = await objectOf(id, cluster, signal);
      return found ? await texts[report](id, found, signal) : null;
    } catch (error) {
      if (error instanceof ActionRefused || error instanceof ClusterError) return shownText(error.message);
      throw error;
    }
  });
  answer(clusterLogs, async ({ id, of, token }, signal): Promise<string> => {
    const sending = sender((lines) => void connection.sendNotification(clusterLogLines.method, { token, lines }));
    try {
      const found = await objectOf(id, cluster, signal);
      if (!found) return 'It is gone.';
      const { cluster: target, name } =
        of === 'workload' ? await resourceOf(id, found, signal) : { cluster: found.cluster, name: found.tracked.name };
      const follow = of === 'workload' ? followLogs : followControllerLogs;
      await follow(target, name, sending.take, signal);
      return '';
    } catch (error) {
      if (error instanceof ActionRefused || error instanceof ClusterError) return error.message;
      throw error;
    } finally {
      sending.flush();
    }
  });
}

/** Sends lines some at a time: a busy log has thousands a second. */
function sender(send: (lines: readonly string[]) => void): { readonly take: (line: string) => void; readonly flush: () => void } {
  let lines: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (lines.length > 0) send(lines);
    lines = [];
  };
  return {
    take(line) {
      lines.push(line);
      timer ??= setTimeout(flush, gathered);
    },
    flush,
  };
}
