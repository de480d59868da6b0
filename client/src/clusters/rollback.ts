// Deploys again what was deployed before.
import { type QuickPickItem, window } from 'vscode';
import { type ClusterAction, type ClusterRow, type Deployment, clusterHistory } from '../../../protocol/src/clusters.ts';
import { type Acting, actOn } from './actions.ts';

/** Lets the user choose a deployment of the past, and how it is to come back; for a HelmRelease Git is the way, which is said. */
export async function rollBack(acting: Acting, row: ClusterRow, name: string): Promise<void> {
  const history = await acting.server.ask(clusterHistory, { id: row.id });
  if (history.length === 0) {
    await window.showInformationMessage(`Nothing that ${name} deployed before is remembered.`);
    return;
  }
  const chosen = await window.showQuickPick(history.map(itemOf), {
    title: `Roll Back ${name}`,
    placeHolder: 'What should be deployed again?',
    matchOnDetail: true,
  });
  if (!chosen) return;
  const { id, revision } = chosen.deployment;
  if (id === undefined) {
    await window.showInformationMessage(
      `${name} follows Git: to bring back ${revision}, revert in Git the commit that changed its chart or values, and push it. Flux then upgrades it.`,
      { modal: true },
    );
    return;
  }
  const action = await chooseRollback(id, name);
  if (action) await actOn(acting, row.id, action, name);
}

interface DeploymentItem extends QuickPickItem {
  readonly deployment: Deployment;
}

function itemOf(deployment: Deployment, index: number): DeploymentItem {
  const { id, revision, deployedAt, note } = deployment;
  const at = new Date(deployedAt);
  const when = deployedAt === '' ? '' : at.toLocaleString();
  const parts = [id === undefined ? '' : `${id}`, when, index === 0 ? 'the last' : ''];
  return { label: revision, description: parts.filter((part) => part !== '').join(' · '), detail: note, deployment };
}

interface RollbackChoice extends QuickPickItem {
  readonly option: 'prune' | 'dryRun';
}

// Those of `argocd app rollback`.
const choices: readonly RollbackChoice[] = [
  { option: 'prune', label: 'Prune', description: 'delete what was not there then' },
  { option: 'dryRun', label: 'Dry run', description: 'change nothing, only say what would happen' },
];

async function chooseRollback(id: number, name: string): Promise<ClusterAction | undefined> {
  const chosen = await window.showQuickPick(choices, {
    title: `Roll Back ${name} to ${id}`,
    placeHolder: 'Options of the rollback; none is fine',
    canPickMany: true,
  });
  if (!chosen) return undefined;
  const has = (option: RollbackChoice['option']): boolean => chosen.some((each) => each.option === option);
  return { kind: 'rollback', id, prune: has('prune'), dryRun: has('dryRun') };
}
