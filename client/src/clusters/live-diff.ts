// Shows what a sync would change in a cluster, in the editor's own diff.
import { type Disposable, type QuickPickItem, ProgressLocation, QuickPickItemKind, Uri, commands, window, workspace } from 'vscode';
import { type LiveDiff, type LiveDifference, clusterActionProgress, liveDiff } from '../../../protocol/src/clusters.ts';
import type { Server } from '../server.ts';
import type { ClusterElement } from './tree.ts';

/** Registers the command that compares what is live with what is rendered here. */
export function registerLiveDiff(server: Server): Disposable {
  return commands.registerCommand('drydock.diffWithCluster', async (target?: Target) => {
    if (!workspace.isTrusted) {
      await window.showWarningMessage('No cluster is asked in an untrusted workspace.');
      return;
    }
    const asked = askedFor(target);
    if (!asked) {
      await window.showInformationMessage('Open a manifest, or choose an object in the view Clusters, to compare it with the cluster.');
      return;
    }
    const diffs = await compared(server, asked);
    if (diffs) await show(diffs);
  });
}

type Asked = { readonly id: string } | { readonly uri: string };

/** A row of the tree, a file, or what a code lens is of. */
type Target = ClusterElement | Uri | Asked;

function askedFor(target: Target | undefined): Asked | undefined {
  if (target instanceof Uri) return { uri: target.toString() };
  if (target && ('id' in target || 'uri' in target)) return target;
  if (target?.kind === 'row') return { id: target.row.id };
  const active = window.activeTextEditor?.document.uri;
  return active?.scheme === 'file' ? { uri: active.toString() } : undefined;
}

async function compared(server: Server, asked: Asked): Promise<readonly LiveDiff[] | undefined> {
  const token = `diff ${String(Date.now())}`;
  const options = { location: ProgressLocation.Notification, title: 'Diff with Cluster', cancellable: true };
  return window.withProgress(options, async (progress, cancellation) => {
    const listening = server.listen(clusterActionProgress, (told) => {
      if (told.token === token) progress.report({ message: told.message });
    });
    try {
      const diffs = await server.ask(liveDiff, { ...asked, token }, cancellation);
      return cancellation.isCancellationRequested ? undefined : diffs;
    } catch (error) {
      if (cancellation.isCancellationRequested) return undefined;
      throw error;
    } finally {
      listening.dispose();
    }
  });
}

async function show(diffs: readonly LiveDiff[]): Promise<void> {
  if (diffs.length === 0) {
    await window.showInformationMessage(
      'Nothing on the clusters that are open delivers this file. Open its cluster in the view Clusters, and compare again.',
    );
    return;
  }
  const differing = diffs.filter(({ differences }) => differences.length > 0);
  for (const { title, failure } of diffs.filter((each) => each.failure !== ''))
    void window.showErrorMessage(`${title === '' ? 'Diff with Cluster' : title}: ${failure}`);
  const [first] = diffs;
  if (differing.length === 0) {
    const same = diffs.filter(({ failure }) => failure === '');
    if (same.length > 0)
      void window.showInformationMessage(
        same.map((each) => `${each.title}: no differences (${each.same} resources).${noted(each)}`).join(' '),
      );
    return;
  }
  if (diffs.length === 1 && first?.differences.length === 1) await open(first, first.differences);
  else await choose(differing);
}

interface Choice extends QuickPickItem {
  readonly diff?: LiveDiff;
  readonly differences?: readonly LiveDifference[];
}

const icons = { create: 'diff-added', change: 'diff-modified', prune: 'diff-removed', kept: 'pinned', refused: 'error' } as const;

async function choose(diffs: readonly LiveDiff[]): Promise<void> {
  const items = diffs.flatMap((diff): Choice[] => [
    { label: diff.title, kind: QuickPickItemKind.Separator },
    {
      label: '$(diff-multiple) Show All',
      description: `${diff.title}: ${counted(diff)}`,
      detail: noted(diff).trim(),
      diff,
      differences: diff.differences,
    },
    ...diff.differences.map((difference): Choice => ({
      label: `$(${icons[difference.change]}) ${difference.label}`,
      description: difference.change,
      detail: difference.reason,
      diff,
      differences: [difference],
    })),
  ]);
  const chosen = await window.showQuickPick(items, {
    title: 'Diff with Cluster',
    placeHolder: diffs.map((diff) => `${diff.title}: ${counted(diff)}`).join('; '),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen?.diff && chosen.differences) await open(chosen.diff, chosen.differences);
}

async function open({ title }: LiveDiff, differences: readonly LiveDifference[]): Promise<void> {
  const [only, ...others] = differences;
  if (only && others.length === 0) {
    const name = `${only.label}: live ↔ rendered (${title})`;
    await commands.executeCommand('vscode.diff', Uri.parse(only.live), Uri.parse(only.rendered), name, { preview: true });
    if (only.reason !== '') void window.showWarningMessage(`${only.label} (${only.change}): ${only.reason}`);
    return;
  }
  const resources = differences.map(({ live, rendered }) => [Uri.parse(rendered), Uri.parse(live), Uri.parse(rendered)]);
  await commands.executeCommand('vscode.changes', `${title}: live ↔ rendered`, resources);
}

function counted({ differences, same }: LiveDiff): string {
  const words = { create: 'created', change: 'changed', prune: 'pruned', kept: 'kept', refused: 'refused' } as const;
  const counts = Object.entries(words).flatMap(([change, word]) => {
    const count = differences.filter((each) => each.change === change).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return [...counts, `${same} the same`].join(', ');
}

function noted({ notes }: LiveDiff): string {
  return notes.length === 0 ? '' : ` ${notes.join(' ')}`;
}
