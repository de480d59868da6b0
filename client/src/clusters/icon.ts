import { ThemeColor, ThemeIcon } from 'vscode';
import type { ClusterRow } from '../../../protocol/src/clusters.ts';

/** The icon of a row: how it stands, in the editor's own colours; of what has no state, what it is. */
export function rowIcon({ row, health, sync, problems }: ClusterRow): ThemeIcon {
  switch (row) {
    case 'context':
      return new ThemeIcon(health === 'degraded' ? 'debug-disconnect' : 'server-environment', attention(problems + (health ? 1 : 0)));
    case 'argocd':
    case 'flux':
      return new ThemeIcon('folder-library', attention(problems));
    case 'project':
    case 'heading':
      return new ThemeIcon('folder', attention(problems));
    case 'message':
      return new ThemeIcon('info');
    case 'object':
    case 'resource':
      return stateIcon(health, sync, problems);
  }
}

function stateIcon(health: ClusterRow['health'], sync: ClusterRow['sync'], problems: number): ThemeIcon {
  switch (health) {
    case 'degraded':
      return new ThemeIcon('error', new ThemeColor('list.errorForeground'));
    case 'missing':
      return new ThemeIcon('question', new ThemeColor('list.warningForeground'));
    case 'progressing':
      return new ThemeIcon('sync', new ThemeColor('charts.blue'));
    case 'suspended':
      return new ThemeIcon('debug-pause', new ThemeColor('disabledForeground'));
    default:
      if (sync === 'outOfSync') return new ThemeIcon('git-compare', new ThemeColor('list.warningForeground'));
      if (problems > 0) return new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
      if (health === 'healthy' || sync === 'synced') return new ThemeIcon('pass', new ThemeColor('testing.iconPassed'));
      return new ThemeIcon('circle-outline');
  }
}

function attention(problems: number): ThemeColor | undefined {
  return problems > 0 ? new ThemeColor('list.warningForeground') : undefined;
}
