// The commands of the rows.
import { type Disposable, type LogOutputChannel, type Uri, commands, env, window } from 'vscode';
import { type ClusterAction, type ClusterRow, clusterHistory } from '../../../protocol/src/clusters.ts';
import type { Server } from '../server.ts';
import { actOn } from './actions.ts';
import { explain, logChannels, showConditions, showEvents, showLogs } from './object-reports.ts';
import { registerReports } from './report.ts';
import { syncOverlay } from './sync-overlay.ts';
import { chooseSync } from './sync-options.ts';
import type { ClusterElement } from './tree.ts';

/** Registers what can be done with a row. */
export function registerClusterCommands(server: Server, log: LogOutputChannel): Disposable[] {
  const onRow = (command: string, run: (row: ClusterRow) => Promise<void>): Disposable =>
    commands.registerCommand(command, async (element?: ClusterElement) => {
      if (element?.kind === 'row') await run(element.row);
    });
  const onObject = (command: string, action: ClusterAction): Disposable =>
    onRow(command, (row) => actOn(server, row.id, action, nameOf(row)));
  return [
    ...registerReports(),
    logChannels,
    commands.registerCommand('drydock.syncOverlay', (uri?: Uri) => syncOverlay(server, uri)),
    onRow('drydock.explainSync', (row) => explain(server, row.id, nameOf(row))),
    onRow('drydock.showConditions', (row) => showConditions(server, row.id, nameOf(row))),
    onRow('drydock.showClusterEvents', (row) => showEvents(server, row.id, nameOf(row))),
    onRow('drydock.showClusterLogs', (row) => showLogs(server, row.id, nameOf(row), 'workload', log)),
    onRow('drydock.showControllerLogs', (row) => showLogs(server, row.id, nameOf(row), 'controller', log)),
    onRow('drydock.syncApplication', async (row) => {
      const action = await chooseSync(row.row === 'resource' ? [row.id] : [], nameOf(row));
      if (action) await actOn(server, row.id, action, nameOf(row));
    }),
    onObject('drydock.refreshApplication', { kind: 'refresh', refresh: 'normal' }),
    onObject('drydock.hardRefreshApplication', { kind: 'refresh', refresh: 'hard' }),
    onObject('drydock.terminateOperation', { kind: 'terminate' }),
    onRow('drydock.rollBackApplication', (row) => rollBack(server, row)),
    onObject('drydock.reconcile', { kind: 'reconcile', withSource: false, force: false, reset: false }),
    onObject('drydock.reconcileWithSource', { kind: 'reconcile', withSource: true, force: false, reset: false }),
    onObject('drydock.forceRelease', { kind: 'reconcile', withSource: false, force: true, reset: true }),
    onObject('drydock.suspend', { kind: 'suspend' }),
    onObject('drydock.resume', { kind: 'resume' }),
    onRow('drydock.deleteFromCluster', (row) => deleteFromCluster(server, row)),
    onRow('drydock.copyClusterName', async ({ label }) => {
      await env.clipboard.writeText(label);
    }),
  ];
}

/** What reports and titles call a row's object. */
function nameOf({ kind, label }: ClusterRow): string {
  return kind === '' || label.startsWith(kind) ? label : `${kind} ${label}`;
}

async function rollBack(server: Server, row: ClusterRow): Promise<void> {
  const history = await server.ask(clusterHistory, { id: row.id });
  if (history.length === 0) {
    await window.showInformationMessage('Nothing was deployed before that is remembered.');
    return;
  }
  const items = history.map((deployment) => ({
    label: deployment.revision,
    description: `${deployment.id === 0 ? '' : `${deployment.id} · `}${deployment.deployedAt}`,
    detail: deployment.note,
    deployment,
  }));
  const chosen = await window.showQuickPick(items, { title: 'Roll Back', placeHolder: 'What should be deployed again?' });
  if (!chosen) return;
  if (chosen.deployment.id === 0) {
    await window.showInformationMessage('Flux brings a release back when Git does: revert the commit that changed its chart or values.');
    return;
  }
  await actOn(server, row.id, { kind: 'rollback', id: chosen.deployment.id, prune: false, dryRun: false }, nameOf(row));
}

async function deleteFromCluster(server: Server, row: ClusterRow): Promise<void> {
  const ways = [
    { label: 'With all that it has deployed', description: 'foreground: waits for it', cascade: 'foreground' },
    { label: 'With all that it has deployed, in the background', description: 'background', cascade: 'background' },
    { label: 'Only the object', description: 'orphan: what it has deployed stays', cascade: 'orphan' },
  ] as const;
  const chosen = await window.showQuickPick(ways, { title: 'Delete from Cluster', placeHolder: 'What is to be deleted?' });
  if (chosen) await actOn(server, row.id, { kind: 'delete', cascade: chosen.cascade }, nameOf(row));
}
