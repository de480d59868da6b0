// Answers what the client asks to know of an object of a cluster, and what deploys a file.
import type { Connection } from 'vscode-languageserver';
import {
  type Deployers,
  clusterConditions,
  clusterDeployers,
  clusterEvents,
  clusterExplanation,
  clusterLogLines,
  clusterLogs,
} from '../../../protocol/src/cluster-reports.ts';
import { ActionRefused } from '../cluster/actions/action.ts';
import { conditionsText, eventsText } from '../cluster/explain/listings.ts';
import { evidenceOf } from '../cluster/explain/evidence.ts';
import { explanationText } from '../cluster/explain/explain.ts';
import { eventsOf } from '../cluster/events.ts';
import { ClusterError } from '../cluster/cluster-error.ts';
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
  answer(clusterExplanation, async ({ id }, signal) => {
    const found = await objectOf(id, cluster, signal);
    if (!found) return null;
    const evidence = await evidenceOf(found.cluster, found.inventory, found.tracked, signal);
    return explanationText(evidence, found.cluster.context.name);
  });
  answer(clusterConditions, async ({ id }, signal) => {
    const found = await objectOf(id, cluster, signal);
    return found ? conditionsText(found.tracked) : null;
  });
  answer(clusterEvents, async ({ id }, signal) => {
    const found = await objectOf(id, cluster, signal);
    if (!found) return null;
    try {
      const { cluster: target, name } = await resourceOf(id, found, signal);
      return eventsText(name, await eventsOf(target, name, signal));
    } catch (error) {
      if (error instanceof ActionRefused || error instanceof ClusterError) return error.message;
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
