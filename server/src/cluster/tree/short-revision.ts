import type { View } from '../../model/view.ts';

/**
 * A revision as people write it: `main@sha1:0123456…` as `main at 0123456`, a commit by its first seven digits; what is checked out here
 * is said so. Anything else, such as a chart's version, as it is. Several, with commas between them, each once.
 */
export function shortRevision(revision: string, view: Pick<View, 'repositories'>): string {
  return [...new Set(revision.split(', ').map((each) => oneShort(each, view)))].join(', ');
}

function oneShort(revision: string, { repositories }: Pick<View, 'repositories'>): string {
  const [, branch, commit] = /^(?:([^@]*)@)?(?:sha1:)?([0-9a-f]{40})$/.exec(revision) ?? [];
  if (commit === undefined) return revision.replace(/@?sha256:([0-9a-f]{12})[0-9a-f]*$/, ' ($1…)');
  const here = repositories.some((repository) => repository.commit === commit) ? ', checked out here' : '';
  return `${branch ? `${branch} at ` : ''}${commit.slice(0, 7)}${here}`;
}
