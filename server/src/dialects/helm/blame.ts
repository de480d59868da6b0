// From the words of Helm's error to the places in the chart that caused it. The words are Helm's (v4.2.4); where they name nothing that is
// there, Chart.yaml is the place.
import type { Blame, SourcePlace } from '../../model/blame.ts';
import { type Snapshot, existing, fileAt } from '../../workspace/snapshot.ts';
import { actionRange, executionError } from './error-frames.ts';
import { baseName, isWithin, resolveFrom } from '../../workspace/paths.ts';
import { dependenciesOf, fieldPlace, isOpenChart, subchartFolder, templateFile } from './chart-files.ts';
import { fileStart, firstLineRange, lineRange, lineText } from '../../workspace/text-line.ts';
import type { DeployedChart } from '../../model/deployed.ts';
import { errorHint } from './error-hints.ts';
import { schemaViolations } from './schema-violations.ts';

/**
 * What a failed render of a chart complains of: one thing, mostly; each value that a schema refuses, each dependency that is missing.
 *
 * @param deployed The chart, and what it was rendered with.
 * @param message What `helm template` says, without `Error: `.
 * @returns Of a chart that is a package, or lies outside the workspace, only what is wrong with the values that it is given.
 */
export function chartBlames(snapshot: Snapshot, deployed: DeployedChart, message: string): Blame[] {
  const { chart } = deployed;
  const words = message.replace(/\s*Use --debug flag to render out invalid YAML\s*$/, '').trim();
  const ofValues = violations(snapshot, deployed, words) ?? givenValues(snapshot, deployed, words);
  if (!isOpenChart(snapshot, chart))
    return (ofValues ?? []).filter(({ place }) => !isWithin(chart, place.path)).map((each) => blameOf(each));
  const found =
    ofValues ??
    missingDependencies(snapshot, chart, words) ??
    execution(snapshot, chart, words) ??
    saidAt(snapshot, chart, words) ??
    renderedYaml(snapshot, chart, words) ??
    loading(snapshot, chart, words) ??
    chartField(snapshot, chart, words);
  if (found) return found.map((each) => blameOf(each));
  const place = wholeFile(snapshot, resolveFrom(chart, 'Chart.yaml'));
  return place ? [{ place, named: false, words, hint: errorHint(words), cause: 'source', way: [] }] : [];
}

type Found = Pick<Blame, 'place' | 'words'> & Partial<Blame>;

function blameOf(found: Found): Blame {
  return { named: true, cause: 'source', way: [], hint: errorHint(found.words), ...found };
}

function violations(snapshot: Snapshot, deployed: DeployedChart, message: string): Found[] | undefined {
  return schemaViolations(snapshot, deployed, message)?.map((violation) => ({
    ...violation,
    cause: baseName(violation.place.path) === 'values.schema.json' ? 'source' : 'values',
  }));
}

// `failed to parse <values file>: …`.
function givenValues(snapshot: Snapshot, { valueFiles }: DeployedChart, message: string): Found[] | undefined {
  const path = valueFiles.find((each) => message.startsWith(`failed to parse ${each}: `));
  const [, line] = /yaml: line (\d+):/.exec(message) ?? [];
  return path === undefined ? undefined : [{ place: linePlace(snapshot, path, Number(line ?? 0)), words: message }];
}

function missingDependencies(snapshot: Snapshot, chart: string, message: string): Found[] | undefined {
  const [words = '', names] = /found in Chart\.yaml, but missing in charts\/ directory: (.+)$/.exec(message) ?? [];
  const missing = names?.split(', ');
  const found = missing && dependenciesOf(snapshot, chart).filter(({ name }) => missing.includes(name));
  return found && found.length > 0 ? found.map(({ place }) => ({ place, words })) : undefined;
}

// What a template does with values is wrong with these values; what it includes is there with none.
const wrongWithAnyValues = /no template "|" not defined|nested reference|cannot parse template|wrong number of args/;

function execution(snapshot: Snapshot, chart: string, message: string): Found[] | undefined {
  const error = executionError(snapshot, chart, message);
  if (!error) return undefined;
  const words = error.words.replace(/^error calling \w+:\s+(?:template: )?(?=\S)/, '').trim();
  const cause = wrongWithAnyValues.test(words) ? 'source' : 'values';
  const place = error.places.at(-1) ?? dependencyPlace(snapshot, chart, error.name);
  return place && [{ place, words, cause, way: error.places.slice(0, -1) }];
}

// `fail` and `required`: `execution error at (shop/templates/a.yaml:1:3): …`; `parse error at (shop/templates/a.yaml:3): …`.
function saidAt(snapshot: Snapshot, chart: string, message: string): Found[] | undefined {
  const [, what, name = '', line, column, words = ''] =
    /(execution|parse) error (?:at|in) \((.+?)(?::(\d+))?(?::(\d+))?\): ([^]*)$/.exec(message) ?? [];
  if (what === undefined) return undefined;
  // An action that is not closed is found where the next line begins.
  const [, opened] = /unclosed action started at .*:(\d+)$/.exec(words) ?? [];
  const path = templateFile(snapshot, chart, name);
  const place =
    path === undefined
      ? dependencyPlace(snapshot, chart, name)
      : column === undefined
        ? quotedOnLine(snapshot, linePlace(snapshot, path, Number(opened ?? line ?? 1)), words)
        : { path, range: actionRange(snapshot, path, Number(line), Number(column), '') };
  return place && [{ place, words, cause: what === 'execution' ? 'values' : 'source' }];
}

// The line that is told is one of the rendered document. It is the template's as well where nothing before it is an action.
function renderedYaml(snapshot: Snapshot, chart: string, message: string): Found[] | undefined {
  const [words, name = ''] = /YAML parse error on (.+?): [^]*$/.exec(message) ?? [];
  if (words === undefined) return undefined;
  const path = templateFile(snapshot, chart, name);
  const line = Number(/yaml: line (\d+):/.exec(words)?.[1] ?? 0);
  const text = path === undefined ? '' : (fileAt(snapshot, path)?.text ?? '');
  const before = text.split('\n').slice(0, line);
  const isWritten = line > 0 && /^[^\s#]/.test(text) && !before.some((each) => each.includes('{{') || each.startsWith('---'));
  if (path !== undefined && isWritten) return [{ place: linePlace(snapshot, path, line), words }];
  const place = path === undefined ? dependencyPlace(snapshot, chart, name) : wholeFile(snapshot, path);
  return place && [{ place, words, cause: 'values' }];
}

// The files of a chart are read one after the other; `error unpacking subchart <file or folder below charts/> in <chart>` leads into it.
function loading(snapshot: Snapshot, chart: string, message: string): Found[] | undefined {
  let folder = chart;
  let words = message;
  for (;;) {
    const [outer, name] = /^error unpacking subchart (.+?) in [^:]*: /.exec(words) ?? [];
    if (outer === undefined || name === undefined) break;
    words = words.slice(outer.length);
    const inner = resolveFrom(folder, `charts/${name}`);
    if (existing(snapshot, inner) !== 'directory') {
      const entry = dependenciesOf(snapshot, folder).find((dependency) => name.startsWith(dependency.name));
      const place = entry?.place ?? wholeFile(snapshot, resolveFrom(folder, 'Chart.yaml'));
      return place && [{ place, words: `charts/${name}: ${words}` }];
    }
    folder = inner;
  }
  const [, name, line] =
    /^cannot load (Chart\.yaml|Chart\.lock|values\.yaml|requirements\.yaml): [^]*?(?:yaml: line (\d+):[^]*)?$/.exec(words) ?? [];
  if (name !== undefined) {
    const [, field] = /Go struct field \w+\.([\w-]+)/.exec(words) ?? [];
    const file = fileAt(snapshot, resolveFrom(folder, name));
    const place =
      file && ((field === undefined ? undefined : fieldPlace(file, [field])) ?? linePlace(snapshot, file.path, Number(line ?? 0)));
    return place && [{ place: { path: place.path, range: place.range }, words }];
  }
  if (words.startsWith('double-star')) return [{ place: { path: resolveFrom(folder, '.helmignore'), range: fileStart }, words }];
  if (folder === chart) return undefined;
  return chartField(snapshot, folder, words) ?? atStart(snapshot, folder, words) ?? atStart(snapshot, chart, words);
}

function atStart(snapshot: Snapshot, chart: string, words: string): Found[] | undefined {
  const place = wholeFile(snapshot, resolveFrom(chart, 'Chart.yaml'));
  return place && [{ place, words }];
}

// Words about a field of Chart.yaml, and the field; a field that is missing is missed at the beginning.
const fieldsByWords: readonly (readonly [RegExp, string])[] = [
  [/chart\.metadata\.(?:name)/, 'name'],
  [/chart\.metadata\.version/, 'version'],
  [/chart\.metadata\.type|charts are not installable/, 'type'],
  [/chart requires kubeVersion/, 'kubeVersion'],
  [/invalid chart apiVersion|unsupported chart version|chart\.metadata\.apiVersion/, 'apiVersion'],
  [/release name check failed/, 'name'],
  [/chart dependencies processing failed|chart\.metadata\.dependencies/, 'dependencies'],
];

function chartField(snapshot: Snapshot, chart: string, words: string): Found[] | undefined {
  const file = fileAt(snapshot, resolveFrom(chart, 'Chart.yaml'));
  const [, twice] = /more than one dependency with name or alias "([^"]*)"/.exec(words) ?? [];
  const again = dependenciesOf(snapshot, chart).filter(({ name, alias }) => (alias ?? name) === twice)[1];
  if (again) return [{ place: again.place, words }];
  const [, subchart] = /type mismatch on ([^:]+):/.exec(words) ?? [];
  const values = subchart === undefined ? undefined : fileAt(snapshot, resolveFrom(chart, 'values.yaml'));
  const ofSubchart = values && subchart !== undefined ? fieldPlace(values, [subchart]) : undefined;
  if (ofSubchart) return [{ place: { path: ofSubchart.path, range: ofSubchart.range }, words, cause: 'values' }];
  const field = fieldsByWords.find(([pattern]) => pattern.test(words))?.[1];
  if (!file || field === undefined) return undefined;
  const { path, range } = fieldPlace(file, [field]) ?? { path: file.path, range: firstLineRange(file) };
  return [{ place: { path, range }, words }];
}

/** The entry in Chart.yaml for the sub-chart that a template of another chart lies in. */
function dependencyPlace(snapshot: Snapshot, chart: string, template: string): SourcePlace | undefined {
  let folder = chart;
  for (const [, name = ''] of template.matchAll(/\/charts\/([^/]+)(?=\/)/g)) {
    const inner = subchartFolder(snapshot, folder, name);
    if (inner === undefined) return dependenciesOf(snapshot, folder).find((each) => (each.alias ?? each.name) === name)?.place;
    folder = inner;
  }
  return undefined;
}

function linePlace(snapshot: Snapshot, path: string, line: number): SourcePlace {
  const file = fileAt(snapshot, path);
  const start = { line: Math.max(line, 1) - 1, character: 0 };
  if (!file) return { path, range: { start, end: start } };
  if (line === 0) return { path, range: firstLineRange(file) };
  // The end of a file is told as the line behind its last.
  let told = Math.min(line, file.lines.lineCount);
  while (told > 1 && lineText(file, told) === '') told -= 1;
  return { path, range: lineRange(file, told) };
}

// `function "nonsense" not defined`: where that stands on the line.
function quotedOnLine(snapshot: Snapshot, { path, range }: SourcePlace, words: string): SourcePlace {
  const [, name = ''] = /"([^"]+)"/.exec(words) ?? [];
  const file = fileAt(snapshot, path);
  const character = file && name !== '' ? lineText(file, range.start.line + 1).indexOf(name) : -1;
  if (character < 0) return { path, range };
  const { line } = range.start;
  return { path, range: { start: { line, character }, end: { line, character: character + name.length } } };
}

function wholeFile(snapshot: Snapshot, path: string): SourcePlace | undefined {
  return existing(snapshot, path) === 'file' ? linePlace(snapshot, path, 0) : undefined;
}
