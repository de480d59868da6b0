// The settings that a checkout brings for VS Code, as far as they decide what is rendered: then the terminal finds what the editor finds.
// Whoever wrote the checkout wrote them too: nothing of them makes the command fetch or start anything.
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import type { Settings } from '../../protocol/src/options.ts';
import { disk } from '../../server/src/workspace/disk.ts';
import { directoryOf, isWithin, nativePath, resolveFrom } from '../../server/src/workspace/paths.ts';
import { type GivenSettings, settingsOf } from '../../server/src/session/settings.ts';
import { UsageError } from './usage-error.ts';
import { foldersAround } from './folders-around.ts';

/** What a setting may be, and how to say so. */
interface Shape {
  readonly words: string;
  fits(value: unknown): boolean;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const number: Shape = { words: 'a number', fits: (value) => typeof value === 'number' };
const boolean: Shape = { words: 'true or false', fits: (value) => typeof value === 'boolean' };
const string: Shape = { words: 'a string', fits: (value) => typeof value === 'string' };
const strings: Shape = { words: 'a list of strings', fits: (value) => Array.isArray(value) && value.every(string.fits) };
const oneOf = (...choices: readonly unknown[]): Shape => ({ words: choices.join(' or '), fits: (value) => choices.includes(value) });
const mapOf = (shape: Shape): Shape => ({
  words: `an object of which each value is ${shape.words}`,
  fits: (value) => isRecord(value) && Object.values(value).every(shape.fits),
});
const cluster: Shape = {
  words: 'an object with kubeVersion and apiVersions',
  fits: (value) => isRecord(value) && string.fits(value['kubeVersion'] ?? '') && strings.fits(value['apiVersions'] ?? []),
};

/** The settings that are read, by their names behind `drydock.`. */
const shapes: ReadonlyMap<string, Shape> = new Map([
  ['render.timeout', number],
  ['render.loadRestrictor', oneOf('LoadRestrictionsRootOnly', 'LoadRestrictionsNone')],
  ['render.enableHelm', boolean],
  ['helm.kubeVersion', string],
  ['helm.apiVersions', strings],
  ['clusters', mapOf(cluster)],
  ['flux.substitutions', mapOf(mapOf(string))],
  ['flux.strictSubstitution', boolean],
  ['argocd.trackingMethod', oneOf('none', 'label', 'annotation', 'annotation+label')],
  ['argocd.newGitFileGlobbing', boolean],
  ['sources.map', mapOf(string)],
  ['files.maxSize', number],
]);

/**
 * The settings for files and folders: those of the nearest folder with a `.vscode/settings.json` above them, within their working tree; the
 * defaults where there is none. What is written wrong is told on standard error, and has its default.
 *
 * @param places As the server writes paths.
 * @throws UsageError when they have settings of their own each.
 */
export async function workspaceSettings(places: readonly string[]): Promise<Settings> {
  const folders = new Set(await Promise.all(places.map(settingsFolder)));
  if (folders.size > 1) {
    const each = [...folders].map((folder) => (folder === undefined ? 'none' : settingsFile(folder)));
    throw new UsageError(`these places have settings of their own each (${each.join(', ')}): ask for one after the other`);
  }
  const [folder] = folders;
  return settingsOf(folder === undefined ? {} : relativeTo(folder, await readSettings(settingsFile(folder))));
}

async function settingsFolder(place: string): Promise<string | undefined> {
  const [root = place] = await foldersAround([place]);
  const first = (await disk.look(place)).kind === 'file' ? directoryOf(place) : place;
  for (let at = first; isWithin(root, at); at = directoryOf(at)) {
    const isThere = await stat(settingsFile(at)).then(
      (stats) => stats.isFile(),
      () => false,
    );
    if (isThere) return at;
    if (at === directoryOf(at)) break;
  }
  return undefined;
}

/** The native path of a folder's settings. */
function settingsFile(folder: string): string {
  return nativePath(resolveFrom(folder, '.vscode/settings.json'));
}

async function readSettings(file: string): Promise<GivenSettings> {
  const text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  const errors: ParseError[] = [];
  const content: unknown = parse(text, errors, { allowTrailingComma: true });
  for (const { error, offset } of errors) {
    const line = text.slice(0, offset).split('\n').length;
    process.stderr.write(`${shown(file)}:${line}: ${printParseErrorCode(error)}; what can be read of the settings counts\n`);
  }
  const given: Record<string, Record<string, unknown>> = {};
  for (const [name, value] of settingsIn(content, '')) {
    const shape = shapes.get(name);
    if (!shape) continue;
    if (!shape.fits(value)) {
      process.stderr.write(`${shown(file)}: drydock.${name} should be ${shape.words}; its default is taken\n`);
      continue;
    }
    const [section = '', key] = name.split('.');
    given[section] = key === undefined ? (value as Record<string, unknown>) : { ...given[section], [key]: value };
  }
  return given;
}

/** Settings by their names behind `drydock.`; a name may stand in one piece, or in objects within objects, as VS Code allows. */
function* settingsIn(value: unknown, prefix: string): Generator<readonly [name: string, value: unknown]> {
  if (!isRecord(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    const name = prefix + key;
    if (name.startsWith('drydock.') && shapes.has(name.slice('drydock.'.length))) yield [name.slice('drydock.'.length), inner];
    else if (name === 'drydock' || name.startsWith('drydock.')) yield* settingsIn(inner, `${name}.`);
  }
}

// What the editor takes from the folder that is open, which the command need not open.
function relativeTo(folder: string, given: GivenSettings): GivenSettings {
  const { clusters = {}, sources } = given;
  const map = Object.entries(sources?.map ?? {}).map(([address, target]) => [address, resolveFrom(folder, target)] as const);
  return {
    ...given,
    clusters: Object.fromEntries(Object.entries(clusters).map(([key, each]) => [resolveFrom(folder, key), each])),
    sources: { map: Object.fromEntries(map) },
  };
}

function shown(file: string): string {
  return path.relative(process.cwd(), file).replaceAll(path.sep, '/');
}
