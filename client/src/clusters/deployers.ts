// Which objects of clusters deploy a file: asks for a cluster when none is looked at, and which are meant when there are several.
import { type QuickPickItem, type Uri, ProgressLocation, window } from 'vscode';
import { type Deployer, clusterDeployers } from '../../../protocol/src/cluster-reports.ts';
import { clusterRows } from '../../../protocol/src/clusters.ts';
import type { Server } from '../server.ts';

/** What is to be done with the objects. */
export interface Purpose {
  /** The command's title. */
  readonly title: string;
  /** `Several objects deploy this. Which are to be synced?` */
  readonly question: string;
  /** Whether all are chosen at first. */
  readonly picked: boolean;
  /** The kinds that it can be done with. */
  readonly kinds: readonly string[];
}

interface DeployerItem extends QuickPickItem {
  readonly deployer: Deployer;
}

/**
 * The objects that deploy a file, those that the user chooses when there are several. Asks for a cluster first when none is watched:
 * nothing is contacted before the user says so.
 *
 * @returns None when the user has been told that there is none, or does not choose.
 */
export async function chooseDeployers(server: Server, uri: Uri, purpose: Purpose): Promise<readonly Deployer[]> {
  const deployers = await deployersOf(server, uri, purpose);
  return deployers.length > 1 ? choose(deployers, purpose) : deployers;
}

async function deployersOf(server: Server, uri: Uri, { title, kinds }: Purpose): Promise<readonly Deployer[]> {
  const ask = () =>
    window.withProgress({ location: ProgressLocation.Window, title: 'Looking for what deploys this' }, () =>
      server.ask(clusterDeployers, { uri: uri.toString() }),
    );
  let found = await ask();
  if (found.watched.length === 0) {
    if (!(await openCluster(server, title))) return [];
    found = await ask();
  }
  for (const problem of found.problems) void window.showWarningMessage(`${title}: ${problem}`);
  const deployers = found.deployers.filter(({ kind }) => kinds.includes(kind));
  if (deployers.length > 0) return deployers;
  // Of those that can't be asked, nothing is known.
  if (found.problems.length === found.watched.length) return [];
  await window.showInformationMessage(
    `Nothing on ${found.watched.join(', ')} deploys this folder: no Application, Kustomization or HelmRelease there has its path and one of this repository's remotes.`,
  );
  return [];
}

async function openCluster(server: Server, title: string): Promise<boolean> {
  const { rows } = await server.ask(clusterRows, { filter: '', limit: 1000 });
  const items = rows.map((row) => ({ label: row.label, description: row.description, row }));
  const chosen = await window.showQuickPick(items, { title, placeHolder: 'On which cluster? It will be connected to.' });
  if (!chosen) return false;
  await server.ask(clusterRows, { parent: chosen.row.id, filter: '', limit: 1 });
  return true;
}

async function choose(deployers: readonly Deployer[], { title, question, picked }: Purpose): Promise<readonly Deployer[]> {
  const items = deployers.map((deployer): DeployerItem => ({
    label: deployer.label,
    description: deployer.description,
    picked,
    deployer,
  }));
  const chosen = await window.showQuickPick(items, { title, placeHolder: question, canPickMany: true });
  return (chosen ?? []).map(({ deployer }) => deployer);
}
