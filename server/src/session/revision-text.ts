import { shortRevision } from '../cluster/tree/short-revision.ts';
import { readCommit } from '../git/commit.ts';
import type { View } from '../model/view.ts';

/**
 * A revision as people write it, with the subject and the author of the commit when a repository here has it. Several, with commas between
 * them, each once.
 */
export async function revisionText(revision: string, view: Pick<View, 'repositories'>, signal: AbortSignal): Promise<string> {
  const all = [...new Set(revision.split(', '))];
  return (await Promise.all(all.map((each) => oneText(each, view, signal)))).join(', ');
}

async function oneText(revision: string, view: Pick<View, 'repositories'>, signal: AbortSignal): Promise<string> {
  const short = shortRevision(revision, view);
  const [id] = /[0-9a-f]{40}$/.exec(revision) ?? [];
  if (id === undefined) return short;
  for (const { root } of view.repositories) {
    const commit = await readCommit(root, id, signal);
    if (commit) return `${short}: ${commit.subject} (${commit.author})`;
  }
  return short;
}
