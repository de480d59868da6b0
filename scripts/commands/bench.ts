// `npm run bench [-- name …]`: runs test/bench/*.ts one after another, so that none disturbs another.
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import path from 'node:path';
import { root } from '../cache.ts';
import { command } from '../command.ts';
import { buildDist } from '../dist.ts';

await command(async () => {
  const wanted = process.argv.slice(2);
  const all = globSync('test/bench/*.ts', { cwd: root }).sort();
  const chosen = all.filter((file) => wanted.length === 0 || wanted.includes(path.basename(file, '.ts')));
  if (chosen.length === 0)
    throw new Error(`There is no such benchmark. There are: ${all.map((file) => path.basename(file, '.ts')).join(', ')}.`);
  await buildDist();
  for (const file of chosen) {
    console.log(`\n${path.basename(file, '.ts')}`);
    const child = spawn(process.execPath, [path.join(root, file)], { cwd: root, stdio: 'inherit' });
    const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
    if (code !== 0) throw new Error(`${file} ended with exit code ${code ?? 'none'}.`);
  }
});
