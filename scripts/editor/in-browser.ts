// VS Code in the person's own browser, from a server on this machine, with the extension installed as users have it.
import { spawn } from 'node:child_process';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import manifest from '../../package.json' with { type: 'json' };
import { root } from '../cache.ts';
import { writeMachineSettings } from './machine-settings.ts';
import type { OpenedFolder } from './opened-folder.ts';
import { startServer } from './server.ts';
import { whatToTry } from './what-to-try.ts';

/** The same port whenever it is free, because a browser remembers trust and layout for each address. */
const ports = '8310-8399';

/** Serves VS Code on a folder until the person ends this process with Ctrl-C. Rejects when the server ends before that. */
export async function serveInBrowser({ folder, what, temporary, env }: OpenedFolder): Promise<void> {
  const data = path.join(temporary, 'data');
  await writeMachineSettings(data, { 'workbench.startupEditor': 'readme' });
  const extensions = path.join(temporary, 'extensions');
  await mkdir(extensions);
  // A new build is there after `npm run build` and "Developer: Reload Window".
  await symlink(root, path.join(extensions, `${manifest.publisher}.${manifest.name}-${manifest.version}`), 'junction');

  // What we wrote ourselves needs no question; a folder of one's own is asked about, as in real life.
  const switches = what === 'own' ? [] : ['--disable-workspace-trust'];
  using server = await startServer({ port: ports, data, extensions, switches, env });
  const address = new URL(`http://127.0.0.1:${server.port}/`);
  address.searchParams.set('folder', decodeURIComponent(pathToFileURL(folder).pathname));
  console.log(`\nVS Code with Drydock on ${folder}:\n\n    ${address.href}\n\n${whatToTry(what)}\nCtrl-C ends it.`);
  showOnDesktop(address.href);
  await server.ended;
  throw new Error(`VS Code's server has ended:\n${await readFile(server.log, 'utf8')}`);
}

/** Opens the browser of a desktop, when there is one. The address is on the screen in any case. */
function showOnDesktop(address: string): void {
  const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
    darwin: ['open', address],
    win32: ['cmd', '/c', 'start', '', address.replaceAll('&', '^&')],
    ...(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'] ? { linux: ['xdg-open', address] } : {}),
  };
  const opener = openers[process.platform];
  if (!opener) return;
  const [program, ...args] = opener;
  spawn(program, args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
