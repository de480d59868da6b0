import { deployedFolders } from '../../cluster/deployers.ts';
import { idOf } from '../../cluster/tree/inventory.ts';
import { type Undelivered, undelivered } from '../../git/undelivered.ts';
import type { View } from '../../model/view.ts';
import { nativePath, relativeTo } from '../../workspace/paths.ts';
import type { ActionTarget } from './action-target.ts';

/** What of the folders that an object deploys is on this machine only, and how it gets to where the object looks; a sentence each. */
export async function undeliveredWarnings(
  view: View,
  { inventory, tracked }: Pick<ActionTarget, 'inventory' | 'tracked'>,
  signal: AbortSignal,
): Promise<string[]> {
  const folders = deployedFolders(inventory, view.repositories).filter((each) => idOf(each.tracked.name) === idOf(tracked.name));
  const sentences = await Promise.all(
    folders.map(async ({ folder, repository: { root }, revision }) => {
      const shown = relativeTo(root, folder) || 'the repository';
      try {
        const told = await undelivered(nativePath(root), nativePath(folder), revision || 'HEAD', signal);
        return sentencesOf(told, shown, revision, tracked.name.kind);
      } catch (error) {
        signal.throwIfAborted();
        const reason = error instanceof Error ? error.message.trim() : String(error);
        return [`Whether ${shown} is committed and pushed could not be asked of git: ${reason}`];
      }
    }),
  );
  return [...new Set(sentences.flat())];
}

function sentencesOf(told: Undelivered, folder: string, revision: string, kind: string): string[] {
  const { uncommitted, uncommittedElsewhere, unpushed, branch, remoteBranch } = told;
  const tracked = revision === '' ? "the remote's default branch" : revision;
  const isDirty = uncommitted.length > 0 || uncommittedElsewhere > 0;
  const elsewhere =
    uncommittedElsewhere > 0 ? `${counted(uncommittedElsewhere, 'file')} elsewhere in the repository, which it may use` : '';
  const dirty = [
    ...(uncommitted.length > 0 ? [`${counted(uncommitted.length, 'file')} in ${folder} (${some(uncommitted)})`] : []),
    ...(elsewhere === '' ? [] : [elsewhere]),
  ].join(', and ');
  return [
    ...(isDirty
      ? [`What is deployed is not what is open here: not committed are ${dirty}. Commit and push to ${tracked} to deploy it.`]
      : []),
    ...(unpushed.length > 0 && remoteBranch !== undefined
      ? [
          `${counted(unpushed.length, 'commit')} of ${branch ?? 'here'} ${unpushed.length === 1 ? 'is' : 'are'} not on ${remoteBranch}, which the ${kind} tracks (${some(unpushed)}): ${
            branch === revision || revision === '' ? 'push to deploy them.' : `merge them into ${tracked} and push it to deploy them.`
          }`,
        ]
      : []),
    ...(remoteBranch === undefined
      ? [`The ${kind} tracks ${tracked}, which is no branch that was fetched here: whether it has what is open here is not known.`]
      : []),
  ];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

// As many as one reads in a dialog.
const shownAtMost = 3;

function some(all: readonly string[]): string {
  const more = all.length - shownAtMost;
  return [...all.slice(0, shownAtMost), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
