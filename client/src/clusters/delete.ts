// Deletes an object from its cluster, with or without what it has put there.
import { type QuickPickItem, window } from 'vscode';
import type { ClusterAction, ClusterRow } from '../../../protocol/src/clusters.ts';
import { type Acting, actOn } from './actions.ts';

type Cascade = Extract<ClusterAction, { readonly kind: 'delete' }>['cascade'];
type Way = QuickPickItem & { readonly cascade: Cascade };

const withAll: Way = { label: 'With all that it has deployed', cascade: 'background' };
const alone: Way = { label: 'Only the object', description: 'what it has deployed stays', cascade: 'orphan' };
// Those of `argocd app delete`.
const ofApplications: readonly Way[] = [
  { ...withAll, description: 'foreground: waits for it', cascade: 'foreground' },
  { ...withAll, label: `${withAll.label}, in the background` },
  { ...alone, description: 'orphan: what it has deployed stays' },
];

/** The ways to delete an object of a kind; none of what has deployed nothing. */
const ways: Readonly<Record<string, readonly Way[]>> = {
  Application: ofApplications,
  ApplicationSet: [withAll, alone],
  Kustomization: [withAll, alone],
  HelmRelease: [withAll, alone],
};

/** Deletes the object of a row in a way that the user chooses, where there are several. */
export async function deleteFromCluster(acting: Acting, row: ClusterRow, name: string): Promise<void> {
  const offered = ways[row.kind];
  const chosen = offered
    ? await window.showQuickPick(offered, { title: `Delete ${name}`, placeHolder: 'What is to be deleted?' })
    : withAll;
  if (chosen) await actOn(acting, row.id, { kind: 'delete', cascade: chosen.cascade }, name);
}
