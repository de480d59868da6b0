// Answers what the client asks about single rows of the tree of clusters, and about what is known beside it.
import type { Connection } from 'vscode-languageserver';
import { type ClusterRow, clusterRowDetails } from '../../../protocol/src/clusters.ts';
import { type PlacedRow, clusterCommandLines, clusterRowPath, deployedFolders, liveObjectText } from '../../../protocol/src/live-state.ts';
import { commandLines } from '../cluster/command-lines.ts';
import { liveDocument } from '../cluster/live-document.ts';
import { rowDetails } from '../cluster/tree/details.ts';
import { targetOf } from '../cluster/target.ts';
import { idOf } from '../cluster/tree/inventory.ts';
import { pathTo } from '../cluster/tree/path.ts';
import type { Row, RowKey } from '../cluster/tree/row.ts';
import { rowsBelow } from '../cluster/tree/rows.ts';
import type { View } from '../model/view.ts';
import { type KnownCluster, foldersDeployed } from '../session/live-state.ts';
import { revisionText } from '../session/revision-text.ts';
import { answerer } from './answerer.ts';

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
}

/** Answers the requests about rows. */
export function answerClusterRows(connection: Connection, { view, opened, known, cluster, contexts }: ClusterRowsAnswering): void {
  const answer = answerer(connection, opened);
  answer(clusterRowDetails, async ({ id }, signal) => {
    const key = keyIn(id);
    const found = await cluster(key.context);
    const text = (revision: string): Promise<string> => revisionText(revision, view(), signal);
    return (found && (await rowDetails(found, key, text, Date.now()))) ?? null;
  });
  answer(clusterRowPath, async ({ id }) => {
    const key = keyIn(id);
    const found = await cluster(key.context);
    return found ? placed(found, pathTo(found.inventory, key), await contexts()) : [];
  });
  answer(clusterCommandLines, ({ id }) => commandLines(keyIn(id)));
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

function placed({ cluster, inventory }: KnownCluster, path: readonly RowKey[], contexts: readonly ClusterRow[]): PlacedRow[] {
  const rows: PlacedRow[] = [];
  for (const [index, key] of path.entries()) {
    const above = path[index - 1];
    const level = above ? rowsBelow({ cluster, inventory, filter: undefined }, above).map(told) : contexts;
    const position = level.findIndex(({ id }) => id === idOfRow(key));
    const row = level[position];
    if (!row) return [];
    rows.push({ row, position });
  }
  return rows;
}

/** What a row's id stands for. */
export function keyIn(id: string): RowKey {
  return JSON.parse(id) as RowKey;
}

function idOfRow(key: RowKey): string {
  return JSON.stringify(key);
}

/** A row as the client is told of it. */
export function told({ key, label, description, health, sync, problems, expandable }: Row): ClusterRow {
  return {
    id: idOfRow(key),
    context: key.context,
    row: key.row,
    kind: 'kind' in key ? key.kind : '',
    label,
    description,
    ...(health ? { health } : {}),
    ...(sync ? { sync } : {}),
    problems,
    expandable,
    expanded: false,
  };
}
