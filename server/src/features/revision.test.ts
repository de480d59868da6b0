import assert from 'node:assert/strict';
import { test } from 'node:test';
import { disk } from '../workspace/disk.ts';
import { dialects } from '../dialects/dialects.ts';
import { graphOf } from '../model/graph.ts';
import { openFixture } from '../../../test/fixture/fixture.ts';
import { revisionOf } from './revision.ts';
import { workingTrees } from '../git/repositories.ts';

const commit = '4f1a5b1051b469108d1bdf0ebec6c814427e3834';

test('the innermost repository says on what the sources stand', async () => {
  await using fixture = await openFixture(
    `-- .git/HEAD --\nref: refs/heads/main\n-- .git/refs/heads/main --\n${commit}\n-- inner/.git/HEAD --\n${commit}\n-- new/.git/HEAD --\nref: refs/heads/trunk\n-- a.yaml --\na: 1\n`,
  );
  const { snapshot } = fixture.workspace;
  const view = { graph: graphOf(snapshot, dialects), repositories: await workingTrees(disk, snapshot.folders, snapshot.places) };
  assert.equal(revisionOf(view, `${fixture.root}/apps`, 'saved'), 'main at 4f1a5b1');
  assert.equal(revisionOf(view, `${fixture.root}/apps`, 'unsaved'), 'main at 4f1a5b1 with unsaved changes');
  assert.equal(revisionOf(view, `${fixture.root}/inner/apps`, 'saved'), '4f1a5b1');
  assert.equal(revisionOf(view, `${fixture.root}/new`, 'saved'), 'trunk');
  assert.equal(revisionOf(view, '/elsewhere', 'saved'), '');
  assert.equal(revisionOf(view, '/elsewhere', 'unsaved'), 'with unsaved changes');
});
