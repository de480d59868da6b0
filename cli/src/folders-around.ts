import path from 'node:path';
import { disk } from '../../server/src/workspace/disk.ts';
import { isWithin } from '../../server/src/workspace/paths.ts';
import { repositoryRoot } from '../../server/src/git/repositories.ts';

/** The folders to open for these files and folders: what they mean may depend on the whole repository. */
export async function foldersAround(places: readonly string[]): Promise<string[]> {
  const roots = await Promise.all(
    places.map(
      async (place) =>
        (await repositoryRoot(disk, place)) ?? ((await disk.look(place)).kind === 'file' ? path.posix.dirname(place) : place),
    ),
  );
  const distinct = [...new Set(roots)];
  return distinct.filter((root) => !distinct.some((other) => other !== root && isWithin(other, root)));
}
