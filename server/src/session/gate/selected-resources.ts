import type { ClusterAction } from '../../../../protocol/src/clusters.ts';
import type { ObjectName, RowKey } from '../../cluster/tree/row.ts';

/** The resources that an action is for, of the rows that the user has chosen; none when it is for all. */
export function selectedResources(action: ClusterAction): ObjectName[] {
  if (action.kind !== 'sync') return [];
  return action.only.flatMap((id) => {
    const key = JSON.parse(id) as RowKey;
    return key.row === 'resource' || key.row === 'object' ? [key] : [];
  });
}
