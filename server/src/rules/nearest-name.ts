import { posix } from 'node:path';
import { baseName, directoryOf } from '../workspace/paths.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { entriesIn } from '../workspace/places.ts';
import { didYouMean } from '../workspace/did-you-mean.ts';

/** The existing path in the same folder, with the same ending, whose name is most like that of `path`; undefined when none is like it. */
export function nearestName({ places, open }: Snapshot, path: string): string | undefined {
  const directory = directoryOf(path);
  const ending = posix.extname(path);
  const unsaved = open.keys().filter((place) => directoryOf(place) === directory);
  const siblings = [...entriesIn(places, directory), ...unsaved].filter((place) => posix.extname(place) === ending);
  const stem = (place: string): string => baseName(place).slice(0, baseName(place).length - ending.length);
  const name = didYouMean(stem(path), siblings.map(stem));
  return siblings.find((place) => stem(place) === name);
}
