// Which objects the user wants to see: words of a line, all of which must fit.
import type { ManagedResource, ObjectState } from '../object-state.ts';
import type { ObjectName } from './row.ts';

/** Tells whether an object is wanted. `state` is undefined where nothing is told of it. */
export type Filter = (name: ObjectName, state: Pick<ObjectState, 'health' | 'sync'> | ManagedResource['state']) => boolean;

/**
 * Reads a line such as `shop ns:prod is:degraded`: a word is a part of `Kind/name`, `ns:` a part of the namespace, `is:` a state of health
 * or sync. Case does not matter. An empty line wants everything.
 */
export function filterOf(line: string): Filter | undefined {
  // The same line is asked for level by level, and what fits its filter is remembered with that.
  if (last.line !== line) last = { line, filter: readFilter(line) };
  return last.filter;
}

let last: { readonly line: string; readonly filter: Filter | undefined } = { line: '', filter: undefined };

function readFilter(line: string): Filter | undefined {
  const words = line
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return undefined;
  return ({ kind, namespace, name }, state) =>
    words.every((word) => {
      if (word.startsWith('ns:')) return namespace.toLowerCase().includes(word.slice(3));
      if (!word.startsWith('is:')) return `${kind}/${name}`.toLowerCase().includes(word);
      const wanted = word.slice(3);
      return [state?.health, state?.sync].some((each) => each?.toLowerCase().startsWith(wanted) === true);
    });
}
