// `npm run package [-- --all]`: makes the .vsix of this platform, or every one, in out/.
import { copyFile, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../cache.ts';
import { command } from '../command.ts';
import { thisPlatform } from '../engine.ts';
import { fileName, packageTargets, vsix } from '../vsix.ts';

const out = path.join(root, 'out');

await command(async () => {
  const { values } = parseArgs({ options: { all: { type: 'boolean', default: false } } });
  await mkdir(out, { recursive: true });
  for (const target of values.all ? packageTargets : [thisPlatform()]) {
    const file = path.join(out, fileName(target));
    await copyFile(await vsix(target), file);
    console.log(`${path.relative(root, file)}  ${((await stat(file)).size / 1e6).toFixed(1)} MB`);
  }
});
