// A repository as a fork of it: it names other addresses, and is the same otherwise.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Puts other addresses in the place of those that every YAML and JSON file of a folder names.
 *
 * @param addresses What stands in their place, by what they begin with.
 * @returns the YAML texts, as they are then.
 */
export async function readdress(folder: string, addresses: Readonly<Record<string, string>>): Promise<string[]> {
  const texts: string[] = [];
  for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!file.isFile() || !/\.(ya?ml|json)$/.test(file.name)) continue;
    const place = path.join(file.parentPath, file.name);
    const before = await readFile(place, 'utf8');
    const text = Object.entries(addresses).reduce((result, [from, to]) => result.replaceAll(from, to), before);
    if (text !== before) await writeFile(place, text);
    // A chart's templates are no YAML yet.
    if (!file.name.endsWith('.json') && path.basename(file.parentPath) !== 'templates') texts.push(text);
  }
  return texts;
}
