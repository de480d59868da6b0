// Which paths exist, as far as the workspace was looked through: rules ask this and never the disk.
import { directoryOf } from './paths.ts';

/** What the workspace knows of a path; `unknown` where nobody looked. */
export type Place = 'file' | 'directory' | 'absent' | 'unknown';

/** What was found at a path; below `closed` folders (links, `.git`, `node_modules`) nobody looked. */
export type Found = 'file' | 'directory' | 'closed';

/** All paths of the workspace's folders. */
export type Places = ReadonlyMap<string, Found>;

const entriesByFolder = new WeakMap<Places, ReadonlyMap<string, readonly string[]>>();

/** The paths right below `directory`; found for all folders at once, when first asked after the disk changed. */
export function entriesIn(places: Places, directory: string): readonly string[] {
  const known = entriesByFolder.get(places) ?? Map.groupBy(places.keys(), directoryOf);
  entriesByFolder.set(places, known);
  return known.get(directory) ?? [];
}

/** What is at `path`, told without looking. */
export function placeAt(places: Places, path: string): Place {
  const found = places.get(path);
  if (found) return found === 'closed' ? 'directory' : found;
  for (let at = path; at !== directoryOf(at);) {
    at = directoryOf(at);
    const ancestor = places.get(at);
    if (ancestor) return ancestor === 'closed' ? 'unknown' : 'absent';
  }
  return 'unknown';
}
