// A user whose editor has settings, for commands that read them.
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes settings of VS Code into a new home folder.
 *
 * @param folder Where the home folder is made.
 * @returns the environment of a program that finds it.
 */
export async function writeUserSettings(folder: string, settings: object): Promise<Readonly<Record<string, string>>> {
  const home = await mkdtemp(path.join(folder, 'home-'));
  const places = { linux: '.config', darwin: 'Library/Application Support', win32: 'AppData/Roaming' } as Readonly<Record<string, string>>;
  const data = path.join(home, places[process.platform] ?? '.config');
  await mkdir(path.join(data, 'Code', 'User'), { recursive: true });
  await writeFile(path.join(data, 'Code', 'User', 'settings.json'), JSON.stringify(settings));
  return { HOME: home, USERPROFILE: home, XDG_CONFIG_HOME: data, APPDATA: data };
}
