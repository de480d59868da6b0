// Compares what is live in a cluster with what is rendered here, or with what was synced last.
import { type Disposable, ProgressLocation, Uri, commands, window, workspace } from 'vscode';
import { type LiveDiff, clusterActionProgress, liveDiff } from '../../../protocol/src/clusters.ts';
import type { Server } from '../server.ts';
import { type Purpose, chooseDeployers } from './deployers.ts';
import { showDifferences } from './live-differences.ts';
import type { ClusterElement } from './element.ts';

type Against = 'rendered' | 'lastSynced';

const titles = { rendered: 'Diff with Cluster', lastSynced: 'Diff Cluster with Last Synced' } as const;

/** Registers the commands that compare what is live. */
export function registerLiveDiff(server: Server): Disposable[] {
  const register = (command: string, against: Against): Disposable =>
    commands.registerCommand(command, (...chosen: [Target?]) => diff(server, against, chosen));
  return [register('drydock.diffWithCluster', 'rendered'), register('drydock.diffWithLastSynced', 'lastSynced')];
}

/** A row of the tree, a file, or what a code lens is of. */
type Target = ClusterElement | Uri | { readonly id: string } | { readonly uri: string };

/** @param chosen Nothing when the command was chosen in the palette. */
async function diff(server: Server, against: Against, chosen: readonly [Target?]): Promise<void> {
  const title = titles[against];
  const [target] = chosen;
  if (!workspace.isTrusted) {
    await window.showWarningMessage('No cluster is asked in an untrusted workspace.');
    return;
  }
  // VS Code gives no row while the view is being filled anew.
  if (chosen.length > 0 && !target) {
    await window.showInformationMessage('The view Clusters has just changed: choose the row again.');
    return;
  }
  const kinds = ['Application', 'Kustomization', 'HelmRelease', ...(against === 'rendered' ? ['ApplicationSet'] : [])];
  const purpose = { title, question: 'Several objects deploy this. Which are to be compared?', picked: true, kinds };
  const ids = await idsOf(server, purpose, target);
  if (ids.length === 0) return;
  const diffs = await compared(server, title, against, ids);
  if (diffs.length > 0) await showDifferences(title, diffs);
}

/** The ids of the rows whose objects are compared; none when the user has been told why, or does not choose. */
async function idsOf(server: Server, purpose: Purpose, target: Target | undefined): Promise<readonly string[]> {
  if (target && !(target instanceof Uri)) {
    if ('id' in target) return [target.id];
    if ('kind' in target) return target.kind === 'row' ? [target.row.id] : [];
  }
  const uri = target instanceof Uri ? target : target ? Uri.parse(target.uri) : window.activeTextEditor?.document.uri;
  if (uri?.scheme !== 'file') {
    await window.showInformationMessage('Open a manifest, or choose an object in the view Clusters, to compare it with the cluster.');
    return [];
  }
  return (await chooseDeployers(server, uri, purpose)).map(({ id }) => id);
}

/** Compares one after the other; what is done when the user has had enough is shown. */
function compared(server: Server, title: string, against: Against, ids: readonly string[]): Thenable<readonly LiveDiff[]> {
  const token = `diff ${String(Date.now())}`;
  return window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, async (progress, cancellation) => {
    const listening = server.listen(clusterActionProgress, (told) => {
      if (told.token === token) progress.report({ message: told.message });
    });
    const diffs: LiveDiff[] = [];
    try {
      for (const id of ids) {
        const found = await server.ask(liveDiff, { id, against, token }, cancellation);
        if (cancellation.isCancellationRequested) break;
        diffs.push(found);
      }
    } catch (error) {
      if (!cancellation.isCancellationRequested) throw error;
    } finally {
      listening.dispose();
    }
    return diffs;
  });
}
