// Syncs what the editor shows: finds the objects of clusters that deploy it.
import { type Uri, window } from 'vscode';
import type { Deployer } from '../../../protocol/src/cluster-reports.ts';
import type { ClusterAction } from '../../../protocol/src/clusters.ts';
import type { Server } from '../server.ts';
import { actOn } from './actions.ts';
import { chooseDeployers } from './deployers.ts';
import { chooseSync } from './sync-options.ts';

const purpose = {
  title: 'Sync Overlay',
  question: 'Several objects deploy this. Which are to be synced?',
  picked: false,
  kinds: ['Application', 'Kustomization', 'HelmRelease'],
};

/** Syncs the objects that deploy a file, those that the user chooses when there are several. `file` is the active editor's if not given. */
export async function syncOverlay(server: Server, file: Uri | undefined): Promise<void> {
  const uri = file ?? window.activeTextEditor?.document.uri;
  if (uri?.scheme !== 'file') {
    await window.showInformationMessage('Open a file of the overlay that is to be synced.');
    return;
  }
  for (const deployer of await chooseDeployers(server, uri, purpose)) {
    const action = await actionFor(deployer);
    if (action) await actOn(server, deployer.id, action, deployer.label);
  }
}

async function actionFor({ kind, label }: Deployer): Promise<ClusterAction | undefined> {
  return kind === 'Application' ? chooseSync([], label) : { kind: 'reconcile', withSource: true, force: false, reset: false };
}
