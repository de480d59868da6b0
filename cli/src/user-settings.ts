// What the user's own editor settings say of clusters. They hold in the terminal too: whoever has set his clusters to read-only in the
// editor means it. A checkout's settings are not asked: whoever wrote the checkout wrote them.
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { type Settings, defaultSettings } from '../../protocol/src/options.ts';
import { type Shapes, boolean, number, readSettingsFile, strings } from './settings-file.ts';

/** What holds for clusters, and what of it could not be read. */
export interface UserSettings {
  readonly cluster: Settings['cluster'];
  /** A sentence each; nothing is to be changed in a cluster while there is one. */
  readonly problems: readonly string[];
}

const shapes: Shapes = new Map([
  ['cluster.hiddenContexts', strings],
  ['cluster.timeout', number],
  ['cluster.readOnly', boolean],
  ['cluster.productionContexts', strings],
]);

/**
 * The settings of VS Code and its kin, of all profiles, on this machine. Where several say something, the more careful one holds: all
 * patterns together, read-only when any says so, the shortest time limit.
 */
export async function userSettings(): Promise<UserSettings> {
  const problems: string[] = [];
  const given: Partial<Settings['cluster']>[] = [];
  for (const file of await settingsFiles()) {
    try {
      const { cluster } = await readSettingsFile(file, shapes, (sentence) => problems.push(sentence));
      if (cluster) given.push(cluster);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && code !== 'ENOTDIR') problems.push(`${file} can't be read: ${message}`);
    }
  }
  const { cluster } = defaultSettings;
  const all = (key: 'hiddenContexts' | 'productionContexts'): readonly string[] => {
    const said = given.flatMap((each) => (each[key] ? [each[key]] : []));
    return said.length > 0 ? said.flat() : cluster[key];
  };
  const limits = given.flatMap(({ timeout }) => timeout ?? []);
  return {
    cluster: {
      ...cluster,
      hiddenContexts: all('hiddenContexts'),
      productionContexts: all('productionContexts'),
      readOnly: given.some(({ readOnly }) => readOnly === true),
      timeout: limits.length > 0 ? Math.min(...limits) : cluster.timeout,
    },
    problems,
  };
}

const editors = ['Code', 'Code - Insiders', 'Code - OSS', 'VSCodium', 'Cursor', 'Windsurf'];
/** Where the editors' servers on a remote machine keep that machine's settings. */
const servers = ['.vscode-server', '.vscode-server-insiders', '.vscodium-server', '.cursor-server', '.windsurf-server'];

async function settingsFiles(): Promise<string[]> {
  const portable = process.env['VSCODE_PORTABLE'];
  const users = [
    ...editors.map((editor) => path.join(applicationData(), editor, 'User')),
    ...(portable ? [path.join(portable, 'user-data', 'User')] : []),
  ];
  const machines = servers.map((server) => path.join(homedir(), server, 'data', 'Machine'));
  const profiles = await Promise.all(users.map(profilesOf));
  return [...users, ...profiles.flat(), ...machines].map((folder) => path.join(folder, 'settings.json'));
}

async function profilesOf(user: string): Promise<string[]> {
  const folder = path.join(user, 'profiles');
  const names = await readdir(folder).catch(() => []);
  return names.map((name) => path.join(folder, name));
}

// As VS Code's `getUserDataPath` finds it.
function applicationData(): string {
  switch (process.platform) {
    case 'win32':
      return process.env['APPDATA'] ?? path.join(homedir(), 'AppData', 'Roaming');
    case 'darwin':
      return path.join(homedir(), 'Library', 'Application Support');
    default:
      return process.env['XDG_CONFIG_HOME'] || path.join(homedir(), '.config');
  }
}
