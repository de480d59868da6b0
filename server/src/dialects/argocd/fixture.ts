import { type ObjectPipeline, beginningOf } from '../../model/pipeline.ts';
import { deployedBy } from '../../model/deployed.ts';
import { directoryOf, isWithin, resolveFrom } from '../../workspace/paths.ts';
import { fileAt, folderOf } from '../../workspace/snapshot.ts';
import type { SourceFile } from '../../workspace/source-file.ts';
import type { View } from '../../model/view.ts';

/** The name of the file that stands in for Argo CD's cluster and the network (docs/applicationset-fixture.md). */
const fixtureName = 'applicationset-fixture.yaml';

/**
 * The fixture for an ApplicationSet: the one in its folder, or in the nearest folder above it within the workspace. The folder of a set that
 * something else renders is the one that is rendered.
 */
export function fixtureFor(view: View, pipeline: ObjectPipeline): SourceFile | undefined {
  return nearestFixture(view, renderedFolder(view, pipeline.within) ?? directoryOf(beginningOf(pipeline)));
}

/** The folder that renders an object, where that is another than the one of the file that everything begins with. */
function renderedFolder(view: View, within: ObjectPipeline['within']): string | undefined {
  if (within.kind === 'file') return undefined;
  const deployed = deployedBy(view, within);
  if (deployed) return deployed.kind === 'kustomization' ? deployed.directory : deployed.chart;
  // What is rendered itself by something says its folder in that rendering only: the nearest that is known is what rendered it.
  return within.kind === 'object' ? renderedFolder(view, within.within) : undefined;
}

function nearestFixture({ graph: { snapshot } }: View, folder: string): SourceFile | undefined {
  const top = folderOf(snapshot, folder);
  for (let at = folder; top !== undefined && isWithin(top, at); at = directoryOf(at)) {
    const fixture = fileAt(snapshot, resolveFrom(at, fixtureName));
    if (fixture) return fixture;
  }
  return undefined;
}
