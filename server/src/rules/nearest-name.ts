import { baseName, directoryOf } from '../workspace/paths.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { closest } from '../model/closest.ts';

/** The existing path in the same folder whose name is most like that of `path`; undefined when none is like it. */
export function nearestName({ places, open }: Snapshot, path: string): string | undefined {
  const directory = directoryOf(path);
  const siblings = [...places.keys(), ...open.keys()].filter((place) => directoryOf(place) === directory);
  const name = closest(baseName(path), siblings.map((place) => baseName(place)));
  return siblings.find((place) => baseName(place) === name);
}
