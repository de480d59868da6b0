// Syncs what the editor shows: finds the objects of clusters that deploy it.
import { type QuickPickItem, ProgressLocation, Uri, window } from 'vscode';
import { type Deployer, clusterDeployers } from '../../../protocol/src/cluster-reports.ts';
import { type ClusterAction, clusterRows } from '../../../protocol/src/clusters.ts';
import type { Server } from '../server.ts';
import { type Acting, actOn } from './actions.ts';
import { chooseSync } from './sync-options.ts';

interface DeployerItem extends QuickPickItem {
  readonly deployer: Deployer;
}

/** What a code lens syncs: the one object that it is about, or whatever deploys its file. */
export type SyncTarget = Pick<Deployer, 'id' | 'kind' | 'label'> | { readonly uri: string };

/** Syncs an object, or those that deploy a file: the user chooses when there are several. The active editor's file if none is given. */
export async function syncOverlay(acting: Acting, target: Uri | SyncTarget | undefined): Promise<void> {
  if (target && 'id' in target) {
    const action = await actionFor(target);
    if (action) await actOn(acting, target.id, action, target.label);
    return;
  }
  const given = target && !(target instanceof Uri) ? Uri.parse(target.uri) : target;
  const uri = given ?? window.activeTextEditor?.document.uri;
  if (uri?.scheme !== 'file') {
    await window.showInformationMessage('Open a file of the overlay that is to be synced.');
    return;
  }
  const deployers = await deployersOf(acting.server, uri);
  if (deployers === undefined) return;
  const chosen = await choose(deployers);
  for (const deployer of chosen) {
    const action = await actionFor(deployer);
    if (action) await actOn(acting, deployer.id, action, deployer.label);
  }
}

/** Asks for a cluster first when none is watched: nothing is contacted before the user says so. */
async function deployersOf(server: Server, uri: Uri): Promise<readonly Deployer[] | undefined> {
  const ask = () =>
    window.withProgress({ location: ProgressLocation.Window, title: 'Looking for what deploys this' }, () =>
      server.ask(clusterDeployers, { uri: uri.toString() }),
    );
  let found = await ask();
  if (found.watched.length === 0) {
    if (!(await openCluster(server))) return undefined;
    found = await ask();
  }
  if (found.deployers.length > 0) return found.deployers;
  await window.showInformationMessage(
    `Nothing on ${found.watched.join(', ')} deploys this folder: no Application, Kustomization or HelmRelease there has its path and one of this repository's remotes.`,
  );
  return undefined;
}

async function openCluster(server: Server): Promise<boolean> {
  const { rows } = await server.ask(clusterRows, { filter: '', limit: 1000 });
  const items = rows.map((row) => ({ label: row.label, description: row.description, row }));
  const chosen = await window.showQuickPick(items, { title: 'Sync Overlay', placeHolder: 'On which cluster? It will be connected to.' });
  if (!chosen) return false;
  await server.ask(clusterRows, { parent: chosen.row.id, filter: '', limit: 1 });
  return true;
}

async function choose(deployers: readonly Deployer[]): Promise<readonly Deployer[]> {
  if (deployers.length === 1) return deployers;
  const items = deployers.map((deployer): DeployerItem => ({ label: deployer.label, description: deployer.description, deployer }));
  const chosen = await window.showQuickPick(items, {
    title: 'Sync Overlay',
    placeHolder: 'Several objects deploy this. Which are to be synced?',
    canPickMany: true,
  });
  return (chosen ?? []).map(({ deployer }) => deployer);
}

async function actionFor({ kind, label }: Pick<Deployer, 'kind' | 'label'>): Promise<ClusterAction | undefined> {
  return kind === 'Application' ? chooseSync([], label) : { kind: 'reconcile', withSource: true, force: false, reset: false };
}
