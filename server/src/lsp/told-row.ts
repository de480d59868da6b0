// Rows of the tree of clusters as the client is told of them.
import type { ClusterRow } from '../../../protocol/src/clusters.ts';
import { isSignedOut } from '../cluster/argocd-server/signed-out.ts';
import { idOf } from '../cluster/tree/inventory.ts';
import { contextActions, objectActions, resourceActions } from '../cluster/tree/row-actions.ts';
import type { Row, RowKey } from '../cluster/tree/row.ts';
import { type RowRefusals, type RowsOf, lookRefusals } from '../session/gate/row-refusals.ts';

/** What the client calls a row by. */
export function rowId(key: RowKey): string {
  return JSON.stringify(key);
}

/** A row, with what can be done with it and what can't, as far as that is known. */
export function toldRow(row: Row, rows: RowsOf, refusals: RowRefusals): ClusterRow {
  const { key, label, description, health, sync, problems, expandable } = row;
  return {
    id: rowId(key),
    context: key.context,
    row: key.row,
    kind: 'kind' in key ? key.kind : '',
    label,
    description,
    ...(health ? { health } : {}),
    ...(sync ? { sync } : {}),
    version: versionOf(key, rows),
    problems,
    expandable,
    expanded: false,
    ...possibilities(key, rows, refusals),
  };
}

function versionOf(key: RowKey, { inventory }: RowsOf): string {
  const name = key.row === 'resource' ? key.owner : key.row === 'object' ? key : undefined;
  return (name && inventory.objects.get(idOf(name))?.object.metadata.resourceVersion) ?? '';
}

function possibilities(key: RowKey, rows: RowsOf, refusals: RowRefusals): Pick<ClusterRow, 'actions' | 'refused'> {
  const { cluster, inventory } = rows;
  switch (key.row) {
    case 'context':
      return { actions: contextActions(cluster.argocd ? 'argocd' : 'kubernetes'), refused: [] };
    case 'object': {
      const tracked = inventory.objects.get(idOf(key));
      return tracked ? { actions: objectActions(tracked), refused: refusals.of(rows, tracked) } : none;
    }
    case 'resource': {
      const owner = inventory.objects.get(idOf(key.owner));
      const actions = resourceActions(key.owner, key);
      const looks = actions.flatMap((action) => lookRefusals(cluster, action, 'resource').map((reason) => ({ action, reason })));
      const syncs = owner && actions.includes('sync') ? refusals.of(rows, owner).filter(({ action }) => action === 'sync') : [];
      return { actions, refused: [...looks, ...syncs] };
    }
    case 'message':
      return isSignedOut(cluster) ? { actions: ['signIn'], refused: [] } : none;
    default:
      return none;
  }
}

const none = { actions: [], refused: [] } as const;

/** A row that says what is wrong where there is nothing to show. */
export function messageRow(text: string): ClusterRow {
  const key = { row: 'message', context: '', text } satisfies RowKey;
  return {
    id: rowId(key),
    context: '',
    row: 'message',
    kind: '',
    label: text,
    description: '',
    version: '',
    problems: 1,
    expandable: false,
    expanded: false,
    actions: [],
    refused: [],
  };
}
