import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRemote } from './remote.ts';
import { openSession } from '../../../../test/fixture/session.ts';

const remote = [
  'https://github.com/acme/fleet',
  'https://github.com/acme/fleet//deploy?ref=v1.0.0',
  'HTTPS://GitHub.com/acme/fleet',
  'https://example.com/manifests.yaml',
  'http://example.com/manifests.yaml?version=1',
  'git::https://example.com/acme/fleet',
  'github.com/acme/fleet',
  'github.com:acme/fleet.git',
  'git@github.com:acme/fleet',
  'org-12345@github.com:acme/fleet',
  'git@git.example.com:acme/fleet.git',
  'git@git.example.com/acme/fleet',
  'git@ssh.dev.azure.com:v3/acme/platform/fleet',
  'ssh://git@git.example.com/acme/fleet',
  'file:///srv/git/fleet.git',
];

const local = [
  'base',
  '../../base',
  './github.com/acme/fleet',
  'gitlab.com/acme/fleet',
  'www.github.com/acme/fleet',
  'dev.azure.com/acme/platform/_git/fleet',
  'example.com/acme/fleet?ref=v1.0.0',
  'gh:acme/fleet',
  'oci://example.com/acme/fleet',
  's3::https://example.com/acme',
  'fleet.git',
  '../fleet.git/deploy',
  'shop@v2',
  'shop@v2/base',
  '../shop@v2/base/x',
  'shop_two@v2/base/x',
  'git@example.com:fleet',
  'base&ref=v1',
  'a:b',
  'folder with spaces/#1',
];

test('what kustomize would fetch is known before a render, as kustomize itself decides it', async () => {
  const texts = [...remote, ...local];
  const archive = texts.map((text, index) => `-- ${index}/kustomization.yaml --\nresources:\n  - '${text}'\n`);
  await using opened = await openSession(archive.join(''));
  const { rendering } = opened.session;
  assert.ok(rendering.kind === 'on');
  for (const [index, text] of texts.entries()) {
    const outcome = await rendering.renders.render(
      { kind: 'kustomization', directory: `${opened.fixture.root}/${index}` },
      new AbortController().signal,
    );
    assert.equal((outcome?.failure ?? '').includes('not fetched: '), remote.includes(text), `kustomize: ${text}`);
    assert.equal(isRemote(text), remote.includes(text), text);
  }
});
