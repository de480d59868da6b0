import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSession } from '../../../test/fixture/session.ts';
import { overlayChoices } from './overlays-of.ts';

test('the overlays of a file are offered with their labels', async () => {
  await using opened = await openSession(
    '-- apps/dev/kustomization.yaml --\nresources: [../base]\n-- apps/base/kustomization.yaml --\nresources: []\n',
  );
  const choices = overlayChoices(opened.session.view, `${opened.fixture.root}/apps/base/kustomization.yaml`);
  assert.deepEqual(
    choices.map(({ label, uri, kustomization }) => `${label} ${opened.name(uri)} ${opened.name(kustomization)}`),
    ['apps/base apps/base apps/base/kustomization.yaml', 'apps/dev apps/dev apps/dev/kustomization.yaml'],
  );
});
