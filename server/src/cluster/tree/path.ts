import { type Inventory, type Tracked, idOf } from './inventory.ts';
import type { ObjectName, RowKey } from './row.ts';
import { projectOf } from './rows.ts';

/** The keys of the rows that lead to an object's row or a resource's, from the context to itself; empty when it is not known. */
export function pathTo(inventory: Inventory, key: RowKey): RowKey[] {
  const { context } = key;
  if (key.row === 'context') return [key];
  if (key.row === 'resource') {
    const above = pathTo(inventory, { row: 'object', context, ...key.owner });
    return above.length === 0 ? [] : [...above, key];
  }
  const tracked = key.row === 'object' ? inventory.objects.get(idOf(key)) : undefined;
  if (!tracked) return [];
  const rows = lineage(inventory, tracked).map((each): RowKey => ({ row: 'object', context, ...nameIn(each) }));
  const [root = tracked] = lineage(inventory, tracked);
  const { tool, heading } = root.kind;
  const group: RowKey = tool === 'argocd' ? { row: 'project', context, name: projectOf(root) } : { row: 'heading', context, name: heading };
  return [{ row: 'context', context }, { row: tool, context }, group, ...rows];
}

// Flux's objects all stand under their heading; Argo CD's below the Application that has put them there.
function lineage(inventory: Inventory, tracked: Tracked): Tracked[] {
  const parent = tracked.kind.tool === 'argocd' ? inventory.parentOf(idOf(tracked.name)) : undefined;
  return parent?.kind.tool === 'argocd' ? [...lineage(inventory, parent), tracked] : [tracked];
}

function nameIn({ name: { group, kind, namespace, name } }: Tracked): ObjectName {
  return { group, kind, namespace, name };
}
