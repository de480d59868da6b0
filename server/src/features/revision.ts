import type { View } from '../model/view.ts';
import { isWithin } from '../workspace/paths.ts';

/**
 * The state of sources, for people: `main at 1a2b3c4 with unsaved changes`; empty when there is nothing to say.
 *
 * @param place Where they lie.
 */
export function revisionOf({ repositories }: View, place: string, unsaved: 'unsaved' | 'saved'): string {
  const holding = repositories.filter(({ root }) => isWithin(root, place)).sort((a, b) => b.root.length - a.root.length);
  const [innermost] = holding;
  const commit = innermost?.commit?.slice(0, 7);
  const stand = innermost && [innermost.branch, commit].filter((part) => part !== undefined).join(' at ');
  return [stand ?? '', ...(unsaved === 'unsaved' ? ['with unsaved changes'] : [])].join(' ').trim();
}
