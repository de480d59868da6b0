// `npm run format`: lays the code out as the tier `lint` wants it.
import path from 'node:path';
import { root } from '../cache.ts';
import { command } from '../command.ts';
import { run } from '../process.ts';

await command(async () => {
  const prettier = path.join(root, 'node_modules', 'prettier', 'bin', 'prettier.cjs');
  console.log(await run(process.execPath, [prettier, '--write', '.', '--log-level', 'warn']));
  await run('gofmt', ['-w', 'engine', 'schemas']);
});
