// Answers what the client asks about single rows of the tree of clusters, and about what is known beside it.
import type { Connection } from 'vscode-languageserver';
import { type ClusterRow, type RowAction, clusterRowDetails } from '../../../protocol/src/clusters.ts';
import { type PlacedRow, clusterCommandLines, clusterRowPath, deployedFolders, liveObjectText } from '../../../protocol/src/live-state.ts';
import { commandLines } from '../cluster/command-lines.ts';
import { liveDocument } from '../cluster/live-document.ts';
import { rowDetails } from '../cluster/tree/details.ts';
import { targetOf } from '../cluster/target.ts';
import { idOf } from '../cluster/tree/inventory.ts';
import { pathTo } from '../cluster/tree/path.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { shownText } from '../cluster/explain/shown-text.ts';
import type { RowKey } from '../cluster/tree/row.ts';
import { rowsBelow } from '../cluster/tree/rows.ts';
import type { View } from '../model/view.ts';
import type { KnownCluster } from '../cluster/known-clusters.ts';
import { foldersDeployed } from '../session/live-state.ts';
import type { RowRefusals } from '../session/gate/row-refusals.ts';
import { revisionText } from '../session/revision-text.ts';
import { answerer } from './answerer.ts';
import { rowId, toldRow } from './told-row.ts';

/** What rows are told from. */
export interface ClusterRowsAnswering {
  readonly view: () => View;
  readonly opened: Promise<void>;
  /** The clusters that were looked at. */
  readonly known: () => readonly KnownCluster[];
  /** The cluster of a context and what is known of it; undefined when the kubeconfig does not have it any more. */
  readonly cluster: (context: string) => Promise<KnownCluster | undefined>;
  /** The rows of the contexts. */
  readonly contexts: () => Promise<readonly ClusterRow[]>;
  readonly refusals: RowRefusals;
  /** Called when something else is known of what can't be done in a cluster. */
  readonly refusalsChanged: (cluster: Cluster) => void;
}

/** Answers the requests about rows. */
export function answerClusterRows(
  connection: Connection,
  { view, opened, known, cluster, contexts, refusals, refusalsChanged }: ClusterRowsAnswering,
): void {
  const answer = answerer(connection, opened);
  /** What can't be done with the object that is pointed at: now it is asked of that one, where it was only of all. */
  const refusalsText = async (found: KnownCluster, key: RowKey, signal: AbortSignal): Promise<string[]> => {
    const tracked = key.row === 'object' ? found.inventory.objects.get(idOf(key)) : undefined;
    if (!tracked) return [];
    if (await refusals.look(found, [tracked], 'ofObject', signal)) refusalsChanged(found.cluster);
    const byReason = Map.groupBy(refusals.of(found, tracked), ({ reason }) => reason);
    const lines = [...byReason]
      .filter(([, actions]) => actions.some(({ action }) => !oftenPointless.has(action)))
      .map(([reason, actions]) => `- ${actions.map(({ action }) => inWords(action)).join(', ')}: ${shownText(reason)}`);
    return lines.length === 0 ? [] : ['Not possible here:', lines.join('\n')];
  };
  answer(clusterRowDetails, async ({ id }, signal) => {
    const key = keyIn(id);
    const found = await cluster(key.context);
    if (!found) return null;
    const text = (revision: string): Promise<string> => revisionText(revision, view(), signal);
    const details = await rowDetails(found, key, text, Date.now());
    if (details === undefined) return null;
    return [details, ...(await refusalsText(found, key, signal))].join('\n\n');
  });
  answer(clusterRowPath, async ({ id }) => {
    const key = keyIn(id);
    const found = await cluster(key.context);
    return found ? placed(found, pathTo(found.inventory, key), await contexts(), refusals) : [];
  });
  answer(clusterCommandLines, async ({ id }) => {
    const key = keyIn(id);
    const found = await cluster(key.context);
    return commandLines(key, found?.cluster.argocd?.address);
  });
  answer(liveObjectText, async ({ id }, signal) => {
    const key = keyIn(id);
    const found = await cluster(key.context);
    if (!found || (key.row !== 'object' && key.row !== 'resource')) return '# It is gone.\n';
    const owner = key.row === 'resource' ? found.inventory.objects.get(idOf(key.owner)) : undefined;
    if (!owner) return liveDocument(found.cluster, key, signal);
    const others = known().map((each) => each.cluster);
    const target = await targetOf(owner, found.cluster, others, signal);
    return target.kind === 'none' ? `# ${target.reason}\n` : liveDocument(target.cluster, key, signal);
  });
  answer(deployedFolders, () => foldersDeployed(view(), known(), Date.now()));
}

function placed(known: KnownCluster, path: readonly RowKey[], contexts: readonly ClusterRow[], refusals: RowRefusals): PlacedRow[] {
  const rows: PlacedRow[] = [];
  for (const [index, key] of path.entries()) {
    const above = path[index - 1];
    const id = rowId(key);
    const level = above ? rowsBelow({ ...known, filter: undefined }, above) : [];
    const position = above ? level.findIndex((each) => rowId(each.key) === id) : contexts.findIndex((each) => each.id === id);
    const below = level[position];
    const row = above ? below && toldRow(below, known, refusals) : contexts[position];
    if (!row) return [];
    rows.push({ row, position });
  }
  return rows;
}

/** What a row's id stands for. */
export function keyIn(id: string): RowKey {
  return JSON.parse(id) as RowKey;
}

// That nothing is there to end or to suspend is not worth a word by itself.
const oftenPointless: ReadonlySet<RowAction> = new Set(['terminate', 'suspend', 'resume']);

/** `hardRefresh` as people say it. */
function inWords(action: RowAction): string {
  return action.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
