// Installs a package as a user does, by VS Code's own code.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { nodeProgram } from '../install.mjs';
import { run } from '../process.ts';
import { codeServer } from './code-server.ts';

/**
 * Installs a .vsix into a folder of extensions, which is new or empty.
 *
 * @param data Folder for what VS Code keeps while it does that.
 * @returns Absolute path of the installed extension.
 */
export async function installExtension(vsix: string, extensions: string, data: string): Promise<string> {
  const server = path.join(await codeServer(), 'out', 'server-main.js');
  await run(nodeProgram, [server, '--install-extension', vsix, '--extensions-dir', extensions, '--user-data-dir', data]);
  const installed = (await readdir(extensions, { withFileTypes: true })).find(
    (entry) => entry.isDirectory() && entry.name.startsWith('drydock.'),
  );
  if (!installed) throw new Error(`VS Code installed nothing from ${vsix} into ${extensions}.`);
  return path.join(extensions, installed.name);
}
