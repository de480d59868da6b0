// `npm start [folder]`: opens a real VS Code with the extension on a folder, on a copy of samples/ when none is named.
import { statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../cache.ts';
import { command } from '../command.ts';
import { buildDist } from '../dist.ts';
import { openDesktop } from '../editor/desktop.ts';
import { freshRepository, sampleRemote } from '../editor/fresh-repository.ts';
import { serveInBrowser } from '../editor/in-browser.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const usage = 'npm start -- [--desktop] [folder]';
const options = { desktop: { type: 'boolean', default: false } } as const;

await command(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  await start(positionals[0], values.desktop ? openDesktop : serveInBrowser);
});

async function start(named: string | undefined, open: typeof serveInBrowser): Promise<void> {
  // npm changes to the checkout; the folder is meant from where the person is.
  const folder = named === undefined ? undefined : path.resolve(process.env['INIT_CWD'] ?? '', named);
  if (folder !== undefined && !statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`${folder} is no folder. Usage: ${usage}`);
  await buildDist();

  using temporary = temporaryFolder('start');
  if (folder !== undefined) {
    await open({ folder, what: 'own', temporary: temporary.path });
  } else {
    const samples = path.join(temporary.path, 'fleet');
    await freshRepository(path.join(root, 'samples'), samples, sampleRemote);
    await open({ folder: samples, what: 'samples', temporary: temporary.path });
  }
}
