// Each rule's example is a test: what it marks is found, and nothing else is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dialects } from '../dialects/dialects.ts';
import { fileAt } from '../workspace/snapshot.ts';
import { graphOf } from '../model/graph.ts';
import { openFixture } from '../../../test/fixture/fixture.ts';
import { checkRules, rules } from './rules.ts';
import { workingTrees } from '../git/repositories.ts';
import { disk } from '../workspace/disk.ts';

for (const rule of rules) {
  test(`${rule.id}: its example`, async () => {
    await using fixture = await openFixture(rule.example);
    const { snapshot } = fixture.workspace;
    const view = { graph: graphOf(snapshot, dialects), repositories: await workingTrees(disk, snapshot.folders, snapshot.places) };
    assert.ok(
      fixture.markers.some(({ code }) => code === rule.id),
      'the example marks what the rule finds',
    );
    for (const { path } of fixture.files) {
      const file = fileAt(snapshot, path);
      const found = file ? checkRules(view, file) : [];
      assert.deepEqual(
        found.map(({ code, severity, message, range }) => ({ path, code, severity, message, range })),
        fixture.markers.filter((marker) => marker.path === path),
      );
    }
  });
}

test('rule ids are unique and name their tool', () => {
  const ids = rules.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.match(id, /^(kustomize|flux|argocd)\/[a-z-]+$/);
});
