// A row of the tree of clusters as VS Code draws it.
import { TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { ClusterRow } from '../../../protocol/src/clusters.ts';
import { rowIcon } from './icon.ts';
import { rowCommands } from './row-commands.ts';

/** The item of a row; `id` tells it apart from all others of the view. */
export function rowItem(row: ClusterRow, id: string): TreeItem {
  const item = new TreeItem(row.label, collapsible(row));
  item.id = id;
  item.description = row.description;
  item.iconPath = rowIcon(row);
  item.contextValue = contextValue(row);
  if (row.row === 'message' && row.actions.includes('signIn')) item.command = { command: rowCommands.signIn, title: 'Sign In' };
  item.accessibilityInformation = { label: [row.kind, row.label, row.description].filter((part) => part !== '').join(', ') };
  return item;
}

// What menus tell rows apart by: what can be done with them, and behind a `!` what can't now: `object;diff;!sync;`.
function contextValue({ row, actions, refused }: ClusterRow): string {
  const marked = actions.map((action) => (refused.some((each) => each.action === action) ? `!${action}` : action));
  return [row, ...marked, ''].join(';');
}

function collapsible({ expandable, expanded }: ClusterRow): TreeItemCollapsibleState {
  if (!expandable) return TreeItemCollapsibleState.None;
  return expanded ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}
