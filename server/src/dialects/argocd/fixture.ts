import { directoryOf, isWithin, resolveFrom } from '../../workspace/paths.ts';
import { fileAt, folderOf } from '../../workspace/snapshot.ts';
import type { SourceFile } from '../../workspace/source-file.ts';
import type { View } from '../../model/view.ts';

/** The name of the file that stands in for Argo CD's cluster and the network (docs/applicationset-fixture.md). */
const fixtureName = 'applicationset-fixture.yaml';

/** The fixture for an ApplicationSet in `file`: the one in its folder, or in the nearest folder above it within the workspace. */
export function fixtureFor({ graph: { snapshot } }: View, file: SourceFile): SourceFile | undefined {
  const top = folderOf(snapshot, file.path);
  for (let at = directoryOf(file.path); top !== undefined && isWithin(top, at); at = directoryOf(at)) {
    const fixture = fileAt(snapshot, resolveFrom(at, fixtureName));
    if (fixture) return fixture;
  }
  return undefined;
}
