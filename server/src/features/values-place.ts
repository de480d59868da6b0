import type { Range } from '../../../protocol/src/range.ts';
import { rangeOf } from '../workspace/source-file.ts';
import { type Snapshot, fileAt } from '../workspace/snapshot.ts';
import { treeOf } from '../workspace/yaml-document.ts';
import { type YamlPath, nodeAt, spanOf } from '../workspace/yaml-path.ts';

/** Where a key of a chart's values is written. */
export interface ValuesPlace {
  readonly path: string;
  readonly range: Range;
}

/**
 * The place that gives a key of the root chart's values (as an origin's `values` name it) its value: in the last of the files with
 * values that has it, else in the chart's own, else in those of the sub-chart that the key is for. Undefined when none has it:
 * what is given inline wins over all of these, so ask only for keys that are not given inline.
 *
 * @param valueFiles Absolute paths; later ones win.
 * @param chart Absolute path of the chart's folder.
 */
export function valuesPlace(snapshot: Snapshot, valueFiles: readonly string[], chart: string, key: string): ValuesPlace | undefined {
  const keys = key.split('.');
  const any = keys.indexOf('*');
  const path = any < 0 ? keys : keys.slice(0, any);
  const own = [...valueFiles.toReversed(), `${chart}/values.yaml`].map((file) => ({ file, path }));
  const [subchart, ...below] = path;
  const candidates = below.length === 0 ? own : [...own, { file: `${chart}/charts/${subchart ?? ''}/values.yaml`, path: below }];
  for (const candidate of candidates) {
    const found = keyIn(snapshot, candidate.file, candidate.path);
    if (found) return found;
  }
  return undefined;
}

function keyIn(snapshot: Snapshot, path: string, key: YamlPath): ValuesPlace | undefined {
  const file = fileAt(snapshot, path);
  for (const placed of file?.documents.toReversed() ?? []) {
    const node = nodeAt(treeOf(placed.document), key);
    if (file && node) return { path, range: rangeOf(file, placed, spanOf(node)) };
  }
  return undefined;
}
