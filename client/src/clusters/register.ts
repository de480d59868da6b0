// The view `drydock.clusters`: the live tree, its commands, and what it knows beside the files.
import { type Disposable, type ExtensionContext, type LogOutputChannel, commands, window, workspace } from 'vscode';
import { clustersChanged, refreshClusters } from '../../../protocol/src/clusters.ts';
import { clusterRowPath } from '../../../protocol/src/live-state.ts';
import type { Server } from '../server.ts';
import { registerClusterCommands } from './commands.ts';
import { decorateDeployedFolders } from './folders.ts';
import { registerLiveDiff } from './live-diff.ts';
import { registerLiveObjects } from './live-object.ts';
import { registerSignIn } from './sign-in.ts';
import type { ClusterElement } from './element.ts';
import { ClusterTree } from './tree.ts';

// What the view is filtered by, kept for the next window.
const filterKey = 'clusters.filter';

/** Shows the tree of clusters, keeps it current while it can be seen, and registers its commands. */
export function registerClusters(context: ExtensionContext, server: Server, log: LogOutputChannel): Disposable[] {
  const tree = new ClusterTree(server, log, context.workspaceState.get(filterKey, ''));
  const view = window.createTreeView<ClusterElement>('drydock.clusters', { treeDataProvider: tree, showCollapseAll: true });
  tree.seen(view.visible);
  const show = (filter: string): void => {
    tree.filter = filter;
    view.message = filter === '' ? '' : `Filtered by '${filter}'`;
    void commands.executeCommand('setContext', 'drydock.clustersFiltered', filter !== '');
  };
  show(tree.filter);
  const filterBy = async (filter: string): Promise<void> => {
    await context.workspaceState.update(filterKey, filter);
    show(filter);
  };
  return [
    view,
    ...registerLiveDiff(server),
    tree,
    ...registerSignIn(context, server, log),
    server.listen(clustersChanged, ({ contexts }) => tree.changed(contexts)),
    workspace.onDidGrantWorkspaceTrust(() => tree.reload()),
    server.onRestart(() => tree.reload()),
    tree.onDidCount((value) => {
      view.badge = value === 0 ? undefined : { value, tooltip: `${value} ${value === 1 ? 'problem' : 'problems'} in clusters` };
    }),
    view.onDidChangeVisibility(({ visible }) => tree.seen(visible)),
    view.onDidExpandElement(({ element }) => tree.opened(element)),
    view.onDidCollapseElement(({ element }) => tree.closed(element)),
    commands.registerCommand('drydock.refreshClusters', async (element?: ClusterElement) => {
      await server.ask(refreshClusters, element?.kind === 'row' ? { context: element.row.context } : {});
      tree.reload();
    }),
    commands.registerCommand('drydock.filterClusters', async () => {
      const filter = await window.showInputBox({
        title: 'Filter Clusters',
        value: tree.filter,
        placeHolder: 'shop ns:prod is:degraded',
        prompt:
          'Parts of a kind or name; ns: for a namespace; is: for healthy, progressing, degraded, suspended, missing, synced or outOfSync',
      });
      if (filter !== undefined) await filterBy(filter.trim());
    }),
    commands.registerCommand('drydock.clearClusterFilter', () => filterBy('')),
    commands.registerCommand('drydock.showMoreOfCluster', (element: ClusterElement) => tree.showMore(element)),
    commands.registerCommand('drydock.revealInClusters', async ({ id }: { readonly id: string }) => {
      const path = await server.ask(clusterRowPath, { id });
      if (path.length > 0 && tree.filter !== '') await filterBy('');
      const element = tree.elementAt(path);
      if (element) await view.reveal(element, { select: true, focus: true });
      else await window.showInformationMessage('It is not in a cluster any more, as far as that is known.');
    }),
    decorateDeployedFolders(server, log),
    ...registerClusterCommands(context, server, log),
    ...registerLiveObjects(server),
  ];
}
