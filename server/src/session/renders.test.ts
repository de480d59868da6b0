// What is rendered again after which change; real engine, real files.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { type OpenSession, openSession } from '../../../test/fixture/session.ts';
import type { PipelineRendering } from './renders.ts';
import { nativePath } from '../workspace/paths.ts';

const configMap = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;

const repository = `
-- base/kustomization.yaml --
resources: [a.yaml]
-- base/a.yaml --
${configMap('one')}-- base/unused.yaml --
${configMap('unused')}-- app/kustomization.yaml --
resources: [../base]
-- other/kustomization.yaml --
resources: [a.yaml]
-- other/a.yaml --
${configMap('other')}`;

async function render({ session, fixture }: OpenSession, folder = 'app'): Promise<PipelineRendering> {
  assert.ok(session.rendering.kind === 'on');
  const outcome = await session.rendering.renders.render(
    { kind: 'kustomization', directory: `${fixture.root}/${folder}` },
    new AbortController().signal,
  );
  assert.ok(outcome);
  return outcome;
}

test('nothing changed: the rendering is the known one', async () => {
  await using opened = await openSession(repository);
  const first = await render(opened);
  assert.equal(first.yaml, configMap('one'));
  assert.equal(await render(opened), first);
});

test('a keystroke in a file that was read renders anew, one in another file does not', async () => {
  await using opened = await openSession(repository);
  const { session, fixture } = opened;
  const first = await render(opened);
  session.setBuffer(`${fixture.root}/base/unused.yaml`, configMap('edited'));
  session.setBuffer(`${fixture.root}/other/a.yaml`, configMap('edited'));
  assert.equal(await render(opened), first);
  session.setBuffer(`${fixture.root}/base/a.yaml`, configMap('unsaved'));
  assert.equal((await render(opened)).yaml, configMap('unsaved'));
  session.closeBuffer(`${fixture.root}/base/a.yaml`);
  assert.equal((await render(opened)).yaml, configMap('one'));
});

test('a change on disk renders anew once it is told', async () => {
  await using opened = await openSession(repository);
  const { session, fixture } = opened;
  await render(opened);
  await writeFile(nativePath(`${fixture.root}/base/a.yaml`), configMap('saved'));
  await session.refresh([`${fixture.root}/base/a.yaml`]);
  assert.equal((await render(opened)).yaml, configMap('saved'));
});

test('while the sources are broken, the last good rendering stays beside the failure', async () => {
  await using opened = await openSession(repository);
  const { session, fixture } = opened;
  await render(opened);
  session.setBuffer(`${fixture.root}/base/kustomization.yaml`, 'resources: [gone.yaml]\n');
  const broken = await render(opened);
  assert.equal(broken.yaml, configMap('one'));
  assert.match(broken.failure ?? '', /gone\.yaml: no such file/);
  session.setBuffer(`${fixture.root}/base/kustomization.yaml`, 'resources: [unused.yaml]\n');
  assert.deepEqual([(await render(opened)).yaml, (await render(opened)).failure], [configMap('unused'), undefined]);
});

test('a missing file that is created mends the overlay: unsaved, or on disk', async () => {
  await using opened = await openSession('-- app/kustomization.yaml --\nresources: [a.yaml]\n');
  const { session, fixture } = opened;
  const path = `${fixture.root}/app/a.yaml`;
  assert.ok((await render(opened)).failure);
  session.setBuffer(path, configMap('unsaved'));
  assert.equal((await render(opened)).yaml, configMap('unsaved'));
  session.closeBuffer(path);
  assert.ok((await render(opened)).failure);
  await writeFile(nativePath(path), configMap('saved'));
  await session.refresh([path]);
  assert.equal((await render(opened)).yaml, configMap('saved'));
  await rm(nativePath(path));
  await session.refresh([path]);
  assert.ok((await render(opened)).failure);
});

test('a missing folder that is created mends the overlay, however deep the new file lies', async () => {
  await using opened = await openSession('-- app/kustomization.yaml --\nresources: [../new/deep]\n');
  const { session, fixture } = opened;
  const path = `${fixture.root}/new/deep/kustomization.yaml`;
  const text = 'configMapGenerator: [{name: x, options: {disableNameSuffixHash: true}}]\n';
  assert.ok((await render(opened)).failure);
  session.setBuffer(path, text);
  assert.equal((await render(opened)).yaml, configMap('x'));
  session.closeBuffer(path);
  assert.ok((await render(opened)).failure);
  await mkdir(nativePath(`${fixture.root}/new/deep`), { recursive: true });
  await writeFile(nativePath(path), text);
  await session.refresh([path]);
  assert.equal((await render(opened)).yaml, configMap('x'));
  await rm(nativePath(`${fixture.root}/new`), { recursive: true });
  await session.refresh([`${fixture.root}/new`]);
  assert.ok((await render(opened)).failure);
});

test('a change while the render is under way is not lost', async () => {
  await using opened = await openSession(repository);
  const { session, fixture } = opened;
  const running = render(opened);
  session.setBuffer(`${fixture.root}/base/a.yaml`, configMap('newer'));
  await running;
  assert.equal((await render(opened)).yaml, configMap('newer'));
});

test('two renders of one overlay at once leave the newer one behind', async () => {
  await using opened = await openSession(repository);
  const { session, fixture } = opened;
  const older = render(opened);
  session.setBuffer(`${fixture.root}/base/a.yaml`, configMap('newer'));
  await Promise.all([older, render(opened)]);
  assert.equal((await render(opened)).yaml, configMap('newer'));
});

test('an abandoned render gives nothing', async () => {
  await using opened = await openSession(repository);
  const { rendering } = opened.session;
  assert.ok(rendering.kind === 'on');
  const abandoned = new AbortController();
  const running = rendering.renders.render({ kind: 'kustomization', directory: `${opened.fixture.root}/app` }, abandoned.signal);
  abandoned.abort();
  assert.equal(await running, undefined);
});

test('a new engine knows nothing of the old one', async () => {
  await using opened = await openSession(repository);
  const { rendering } = opened.session;
  assert.ok(rendering.kind === 'on');
  const first = await render(opened);
  rendering.renders.restart();
  const second = await render(opened);
  assert.notEqual(second, first);
  assert.equal(second.yaml, first.yaml);
});
