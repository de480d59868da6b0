// The settings that a checkout brings for VS Code, as far as they decide what is rendered: then the terminal finds what the editor finds.
// Whoever wrote the checkout wrote them too: nothing of them makes the command fetch or start anything.
import { stat } from 'node:fs/promises';
import type { Settings } from '../../protocol/src/options.ts';
import { disk } from '../../server/src/workspace/disk.ts';
import { directoryOf, isWithin, nativePath, resolveFrom } from '../../server/src/workspace/paths.ts';
import { type GivenSettings, settingsOf } from '../../server/src/session/settings.ts';
import { UsageError } from './usage-error.ts';
import { foldersAround } from './folders-around.ts';
import { type Shape, type Shapes, boolean, isRecord, mapOf, number, oneOf, readSettingsFile, string, strings } from './settings-file.ts';

const cluster: Shape = {
  words: 'an object with kubeVersion and apiVersions',
  fits: (value) => isRecord(value) && string.fits(value['kubeVersion'] ?? '') && strings.fits(value['apiVersions'] ?? []),
};

/** The settings that are read, by their names behind `drydock.`. */
const shapes: Shapes = new Map([
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
  return settingsOf(
    folder === undefined
      ? {}
      : relativeTo(folder, await readSettingsFile(settingsFile(folder), shapes, (sentence) => void process.stderr.write(`${sentence}\n`))),
  );
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
