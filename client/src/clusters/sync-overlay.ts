// Syncs what the editor shows: finds the objects of clusters that deploy it.
import { Uri, window } from 'vscode';
import type { Deployer } from '../../../protocol/src/cluster-reports.ts';
import type { ClusterAction } from '../../../protocol/src/clusters.ts';
import { type Acting, actOn } from './actions.ts';
import { chooseDeployers } from './deployers.ts';
import { chooseSync } from './sync-options.ts';

const purpose = {
  title: 'Sync Overlay',
  question: 'Several objects deploy this. Which are to be synced?',
  picked: false,
  kinds: ['Application', 'Kustomization', 'HelmRelease'],
};

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
  for (const deployer of await chooseDeployers(acting.server, uri, purpose)) {
    const action = await actionFor(deployer);
    if (action) await actOn(acting, deployer.id, action, deployer.label);
  }
}

async function actionFor({ kind, label }: Pick<Deployer, 'kind' | 'label'>): Promise<ClusterAction | undefined> {
  return kind === 'Application' ? chooseSync([], label) : { kind: 'reconcile', withSource: true, force: false, reset: false };
}
