// Values that a chart's values.schema.json refuses (Helm v4.2.4, pkg/chart/common/util/jsonschema.go).
import { type Snapshot, fileAt, filesOf } from '../../workspace/snapshot.ts';
import { fieldPlace, subchartFolder } from './chart-files.ts';
import type { SourcePlace } from '../../model/blame.ts';
import { baseName, directoryOf, isWithin, resolveFrom } from '../../workspace/paths.ts';
import type { DeployedChart } from '../../model/deployed.ts';
import { fileStart, firstLineRange } from '../../workspace/text-line.ts';

/** A value that a schema refuses, and where it comes from. */
export interface Violation {
  readonly place: SourcePlace;
  /** What the schema says of it. */
  readonly words: string;
}

/** The violations in an error; undefined when it is none of the schema's. */
export function schemaViolations(snapshot: Snapshot, deployed: DeployedChart, message: string): readonly Violation[] | undefined {
  const { chart } = deployed;
  const [, list] = /values don't meet the specifications of the schema\(s\) in the following chart\(s\):\n([^]*)$/.exec(message) ?? [];
  if (list === undefined) return undefined;
  const violations: Violation[] = [];
  let within = { folder: chart, keys: [] as readonly string[] };
  for (const line of list.split('\n')) {
    const [, name] = /^([^\s:]+):$/.exec(line) ?? [];
    if (name !== undefined) within = chartNamed(snapshot, chart, name);
    const [, pointer = '', words = ''] = /^\s*- at '(.*?)': (.*)$/.exec(line) ?? [];
    // A schema that is none is said to violate the schema of schemas.
    if (words === '' || /^validation failed$|^'\w+' failed/.test(words)) continue;
    violations.push({ place: valuePlace(snapshot, deployed, within, keysOf(pointer)), words: `at '${pointer}': ${words}` });
  }
  const isBroken = violations.length === 0 || list.includes('is not valid against metaschema');
  // The schema library tells them in any order.
  if (!isBroken) return violations.sort((a, b) => (a.words < b.words ? -1 : 1));
  return [
    {
      place: { path: resolveFrom(within.folder, 'values.schema.json'), range: fileStart },
      words: `values.schema.json: ${list.replace(/^[^\s:]+:\n/, '').trim()}`,
    },
  ];
}

interface ChartWithin {
  readonly folder: string;
  /** What leads to the chart's values from those of the chart that is rendered. */
  readonly keys: readonly string[];
}

// Helm tells the name alone, without the charts around it.
function chartNamed(snapshot: Snapshot, chart: string, name: string): ChartWithin {
  if (nameOf(snapshot, chart) === name) return { folder: chart, keys: [] };
  const direct = subchartFolder(snapshot, chart, name);
  if (direct !== undefined) return { folder: direct, keys: [name] };
  for (const { path } of filesOf(snapshot)) {
    const folder = directoryOf(path);
    if (baseName(path) !== 'Chart.yaml' || !isWithin(resolveFrom(chart, 'charts'), folder) || nameOf(snapshot, folder) !== name) continue;
    const keys = folder
      .slice(chart.length)
      .split('/')
      .filter((part, index) => part !== '' && index % 2 === 0);
    return { folder, keys };
  }
  return { folder: chart, keys: [name] };
}

function nameOf(snapshot: Snapshot, folder: string): string | undefined {
  const [first] = fileAt(snapshot, resolveFrom(folder, 'Chart.yaml'))?.documents ?? [];
  return first && /^name:\s*["']?([^\s"'#]+)/m.exec(first.document.text)?.[1];
}

// Values that are given stand in front of the chart's, those in front of its sub-charts' own.
function valuePlace(
  snapshot: Snapshot,
  { chart, valueFiles, inObject }: DeployedChart,
  { folder, keys }: ChartWithin,
  pointer: readonly string[],
): SourcePlace {
  const own = inObject?.([...keys, ...pointer]);
  if (own && own.depth > keys.length) return { path: own.path, range: own.range };
  const above = [...valueFiles.toReversed(), ...(keys.length > 0 ? [resolveFrom(chart, 'values.yaml')] : [])];
  const candidates = [...above.map((path) => ({ path, keys })), { path: resolveFrom(folder, 'values.yaml'), keys: [] }];
  const files = candidates.flatMap(({ path, keys: leading }) => {
    const file = fileAt(snapshot, path);
    const found = file && fieldPlace(file, [...leading, ...pointer]);
    return file ? [{ file, found, depth: (found?.depth ?? 0) - leading.length }] : [];
  });
  // The one that has most of the way to the value, the strongest of equals: sorting is stable.
  const [best] = files.filter(({ depth }) => depth > 0).sort((a, b) => b.depth - a.depth);
  if (best?.found) return { path: best.file.path, range: best.found.range };
  const file = files.at(-1)?.file;
  return file ? { path: file.path, range: firstLineRange(file) } : { path: resolveFrom(folder, 'values.schema.json'), range: fileStart };
}

/** The keys of a JSON pointer. */
function keysOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}
