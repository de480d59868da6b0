// Shows how a cluster differs, in the editor's own diffs.
import { type QuickPickItem, QuickPickItemKind, Uri, commands, window } from 'vscode';
import type { LiveDiff, LiveDifference } from '../../../protocol/src/clusters.ts';

/** Shows what was compared: why it could not be, that there is no difference, the only one, or those that the user chooses. */
export async function showDifferences(title: string, diffs: readonly LiveDiff[]): Promise<void> {
  for (const { title: about, failure } of diffs) if (failure !== '') void window.showErrorMessage(`${about || title}: ${failure}`);
  const same = diffs.filter(({ failure, differences }) => failure === '' && differences.length === 0);
  if (same.length > 0) void window.showInformationMessage(same.map((each) => `${each.title}: ${sameInWords(each)}`).join(' '));
  const differing = diffs.filter(({ differences }) => differences.length > 0);
  const [first, ...others] = differing;
  if (!first) return;
  if (others.length === 0 && first.differences.length === 1) await open(first, first.differences);
  else await choose(title, differing);
}

function sameInWords({ same, called, notes }: LiveDiff): string {
  const count = same === 1 ? '1 resource is' : `${same} resources are`;
  return [`No difference: ${count} live as ${called}.`, ...notes].join(' ');
}

interface Choice extends QuickPickItem {
  readonly diff?: LiveDiff;
  readonly differences?: readonly LiveDifference[];
}

const icons = { create: 'diff-added', change: 'diff-modified', prune: 'diff-removed', kept: 'pinned', refused: 'error' } as const;
const words = { create: 'created', change: 'changed', prune: 'pruned', kept: 'kept', refused: 'refused' } as const;

async function choose(title: string, diffs: readonly LiveDiff[]): Promise<void> {
  const items = diffs.flatMap((diff): Choice[] => [
    { label: diff.title, kind: QuickPickItemKind.Separator },
    {
      label: '$(diff-multiple) Show All',
      description: counted(diff),
      ...(diff.notes.length > 0 ? { detail: diff.notes.join(' ') } : {}),
      diff,
      differences: diff.differences,
    },
    ...diff.differences.map((difference): Choice => ({
      label: `$(${icons[difference.change]}) ${difference.label}`,
      description: words[difference.change],
      ...(difference.reason === '' ? {} : { detail: difference.reason }),
      diff,
      differences: [difference],
    })),
  ]);
  const placeHolder = 'Which differences should be shown?';
  const chosen = await window.showQuickPick(items, { title, placeHolder, matchOnDescription: true, matchOnDetail: true });
  if (chosen?.diff && chosen.differences) await open(chosen.diff, chosen.differences);
}

async function open({ title, called }: LiveDiff, differences: readonly LiveDifference[]): Promise<void> {
  const [only, ...others] = differences;
  if (only && others.length === 0) {
    const name = `${only.label}: live ↔ ${called} (${title})`;
    await commands.executeCommand('vscode.diff', Uri.parse(only.live), Uri.parse(only.rendered), name, { preview: true });
    if (only.reason !== '') void window.showWarningMessage(`${only.label} (${words[only.change]}): ${only.reason}`);
    return;
  }
  const resources = differences.map(({ change, live, rendered }) => [
    Uri.parse(change === 'prune' ? live : rendered),
    change === 'create' ? undefined : Uri.parse(live),
    change === 'prune' ? undefined : Uri.parse(rendered),
  ]);
  await commands.executeCommand('vscode.changes', `${title}: live ↔ ${called}`, resources);
}

function counted({ differences, same }: LiveDiff): string {
  const counts = Object.entries(words).flatMap(([change, word]) => {
    const count = differences.filter((each) => each.change === change).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return [...counts, `${same} unchanged`].join(', ');
}
