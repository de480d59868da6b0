// From Helm's names of a chart's files to the files.
import { type Snapshot, existing, fileAt, filesOf } from '../../workspace/snapshot.ts';
import { type SourceFile, rangeOf } from '../../workspace/source-file.ts';
import { type YamlPath, itemsOf, keysFrom, nodeAt, spanOf, textAt } from '../../workspace/yaml-path.ts';
import { type SourcePlace } from '../../model/blame.ts';
import { baseName, directoryOf, isWithin, resolveFrom } from '../../workspace/paths.ts';
import { treeOf } from '../../workspace/yaml-document.ts';

/**
 * The file that Helm means by the name of a template: names of charts, or the aliases that their dependents give them, take the place of
 * folders (`shop/charts/db/templates/a.yaml`).
 *
 * @param chart The chart's folder.
 * @returns Undefined when it is in a package, or not there.
 */
export function templateFile(snapshot: Snapshot, chart: string, name: string): string | undefined {
  const [, inChart = ''] = /^[^/]+\/(.*)$/.exec(name) ?? [];
  const [, dependency, rest] = /^(charts\/[^/]+)(\/.*)$/.exec(inChart) ?? [];
  if (dependency !== undefined && rest !== undefined) {
    const folder = subchartFolder(snapshot, chart, baseName(dependency));
    return folder === undefined ? undefined : templateFile(snapshot, folder, baseName(folder) + rest);
  }
  const path = resolveFrom(chart, inChart);
  return inChart !== '' && existing(snapshot, path) === 'file' ? path : undefined;
}

/** The folder of the sub-chart that a chart knows by this name or alias; undefined when it is in a package, or not there. */
export function subchartFolder(snapshot: Snapshot, chart: string, name: string): string | undefined {
  const charts = resolveFrom(chart, 'charts');
  const named = dependenciesOf(snapshot, chart).find(({ alias }) => alias === name)?.name ?? name;
  const obvious = resolveFrom(charts, named);
  if (chartName(snapshot, obvious) === named) return obvious;
  for (const { path } of filesOf(snapshot)) {
    const folder = directoryOf(path);
    if (baseName(path) === 'Chart.yaml' && directoryOf(folder) === charts && chartName(snapshot, folder) === named) return folder;
  }
  return undefined;
}

function chartName(snapshot: Snapshot, folder: string): string | undefined {
  const [placed] = fileAt(snapshot, resolveFrom(folder, 'Chart.yaml'))?.documents ?? [];
  return placed && textAt(treeOf(placed.document), ['name'])?.value;
}

/** A chart's entry for another one. */
interface Dependency {
  readonly name: string;
  readonly alias: string | undefined;
  readonly place: SourcePlace;
}

/** The entries of `dependencies` in a chart's Chart.yaml. */
export function dependenciesOf(snapshot: Snapshot, chart: string): Dependency[] {
  const file = fileAt(snapshot, resolveFrom(chart, 'Chart.yaml'));
  const [placed] = file?.documents ?? [];
  if (!file || !placed) return [];
  const tree = treeOf(placed.document);
  return itemsOf(tree, nodeAt(tree, ['dependencies'])).map((item) => {
    const name = textAt(tree, ['name'], item);
    const range = rangeOf(file, placed, name?.span ?? spanOf(item));
    return { name: name?.value ?? '', alias: textAt(tree, ['alias'], item)?.value, place: { path: file.path, range } };
  });
}

/** The key of a field in a YAML file's first document, or of the innermost field on the way to it that is there. */
export function fieldPlace(file: SourceFile, path: YamlPath): (SourcePlace & { readonly depth: number }) | undefined {
  const [placed] = file.documents;
  if (!placed) return undefined;
  const found = keysFrom(treeOf(placed.document), [], path);
  return found && { path: file.path, range: rangeOf(file, placed, found.span), depth: found.depth };
}

/** Whether a path is a folder of the workspace that something of the chart may be found in. */
export function isOpenChart(snapshot: Snapshot, chart: string): boolean {
  return snapshot.folders.some((folder) => isWithin(folder, chart)) && existing(snapshot, chart) === 'directory';
}
