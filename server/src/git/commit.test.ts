import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { freshRepository } from '../../../scripts/editor/fresh-repository.ts';
import { run } from '../../../scripts/process.ts';
import { temporaryFolder } from '../../../scripts/temporary-folder.ts';
import { readCommit } from './commit.ts';
import { fromNativePath } from '../workspace/paths.ts';

it('reads the subject of a commit that the repository has, and nothing of one that it has not', async () => {
  using folder = temporaryFolder('commit');
  await freshRepository(fileURLToPath(new URL('.', import.meta.url)), folder.path, 'https://example.com/fleet.git');
  const id = (await run('git', ['rev-parse', 'HEAD'], { cwd: folder.path })).trim();
  const { signal } = new AbortController();
  const root = fromNativePath(folder.path);
  assert.deepEqual(await readCommit(root, id, signal), { subject: 'Begin', author: 'Drydock' });
  assert.equal(await readCommit(root, id.replaceAll(/./g, '0'), signal), undefined);
  assert.equal(await readCommit(root, '--help', signal), undefined);
});
