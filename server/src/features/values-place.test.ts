import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSession } from '../../../test/fixture/session.ts';
import { relativeTo } from '../workspace/paths.ts';
import { valuesPlace } from './values-place.ts';

test('a key of the values leads to the file that decides it', async () => {
  await using opened = await openSession(`
-- chart/Chart.yaml --
name: web
-- chart/values.yaml --
image: {tag: "1", repository: shop}
hosts: [{name: a}]
-- chart/charts/cache/values.yaml --
size: 3
-- live.yaml --
image: {tag: "2"}
-- last.yaml --
replicas: 4
`);
  const { root } = opened.fixture;
  const place = (key: string): string | undefined => {
    const found = valuesPlace(opened.session.workspace.snapshot, [`${root}/live.yaml`, `${root}/last.yaml`], `${root}/chart`, key);
    const name = found && relativeTo(root, found.path);
    return found && name !== undefined ? `${name} ${opened.file(name).lines.getText(found.range)}` : undefined;
  };
  assert.equal(place('image.tag'), 'live.yaml "2"');
  assert.equal(place('image.repository'), 'chart/values.yaml shop');
  assert.equal(place('hosts.*.name'), 'chart/values.yaml [{name: a}]');
  assert.equal(place('cache.size'), 'chart/charts/cache/values.yaml 3');
  assert.equal(place('none'), undefined);
});
