// Rendered previews as an editor meets them: real LSP messages, real engine, small repositories.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeFile } from 'node:fs/promises';
import type { DocumentSymbol, FoldingRange, Hover } from 'vscode-languageserver';
import { previewChanged, renderedResources, renderedYaml, setFilter } from '../../../protocol/src/messages.ts';
import { Editor } from '../../../test/fixture/editor.ts';

const shop = `
-- base/kustomization.yaml --
resources:
  - shop.yaml
-- base/shop.yaml --
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  replicas: 1
---
apiVersion: v1
kind: Secret
metadata:
  name: login
stringData:
  password: hunter2
---
apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  ports: [{port: 80}]
-- overlays/dev/kustomization.yaml --
resources:
  - ../../base
namespace: shop-dev
`;

const commit = '4f1a5b1051b469108d1bdf0ebec6c814427e3834';

test('the outline of a preview are its resources, with their namespace', async () => {
  await using editor = await Editor.open(shop);
  const text = await editor.openPreview('overlays/dev');
  const symbols = await editor.ask<object, DocumentSymbol[]>(
    { method: 'textDocument/documentSymbol' },
    { textDocument: { uri: editor.previewUri('overlays/dev') } },
  );
  assert.deepEqual(
    symbols.map(({ name, detail }) => [name, detail]),
    [...text.matchAll(/kind: (\w+)\nmetadata:\n {2}name: (\w+)/g)].map(([, kind, name]) => [`${kind} ${name}`, 'shop-dev']),
  );
  assert.equal(symbols.length, 3);
});

test('a preview folds by resources and blocks; manifests have the folds of the editor', async () => {
  await using editor = await Editor.open(shop);
  const text = await editor.openPreview('overlays/dev');
  const foldsOf = (uri: string): Promise<FoldingRange[] | null> =>
    editor.ask({ method: 'textDocument/foldingRange' }, { textDocument: { uri } });
  const lines = text.split('\n');
  const folds = (await foldsOf(editor.previewUri('overlays/dev'))) ?? [];
  assert.equal(folds.filter(({ startLine }) => lines[startLine]?.startsWith('apiVersion')).length, 3);
  assert.equal(folds.filter(({ startLine }) => lines[startLine] === 'metadata:').length, 3);
  await editor.openFile('base/shop.yaml');
  assert.equal(await foldsOf(editor.uri('base/shop.yaml')), null);
});

test('a filter stays while the preview is rendered again, and ends when it is closed', async () => {
  await using editor = await Editor.open(shop);
  const uri = editor.previewUri('overlays/dev');
  await editor.openFile('base/shop.yaml');
  await editor.openPreview('overlays/dev');
  await editor.ask(setFilter, { uri, filter: 'Deployment, nothing/*' });
  await editor.until(() => editor.received(previewChanged).at(-1)?.state.filter !== '');
  assert.match(
    await editor.previewText('overlays/dev'),
    /^# overlays\/dev: 1 of 3 resources \(filter: Deployment, nothing\/\*\)\napiVersion: apps\/v1\nkind: Deployment\n[^]*replicas: 1\n$/,
  );
  assert.deepEqual(
    (await editor.ask(renderedResources, { uri })).map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`).sort(),
    ['Deployment shop-dev/shop', 'Secret shop-dev/login', 'Service shop-dev/shop'],
  );

  await editor.edit('base/shop.yaml', 'replicas: 1', 'replicas: 2');
  await editor.until(() => editor.received(previewChanged).at(-1)?.state.revision === 'with unsaved changes');
  assert.match(await editor.previewText('overlays/dev'), /^# overlays\/dev: 1 of 3 resources [^]*replicas: 2\n$/);
  const { state } = editor.received(previewChanged).at(-1) ?? assert.fail();
  assert.deepEqual([state.shown, state.resources], [1, 3]);

  await editor.close(uri);
  await editor.openPreview('overlays/dev');
  assert.match(await editor.previewText('overlays/dev'), /^# overlays\/dev: 3 resources/);
});

test('the manifests of a preview are given masked, or as they are when that is asked for', async () => {
  await using editor = await Editor.open(shop);
  const uri = editor.previewUri('overlays/dev');
  assert.equal(await editor.ask(renderedYaml, { uri, secrets: 'masked' }), null);
  const text = await editor.openPreview('overlays/dev');
  assert.deepEqual(await editor.ask(renderedYaml, { uri, secrets: 'masked' }), {
    yaml: text.slice(text.indexOf('\n') + 1),
    hasSecrets: true,
  });
  const plain = await editor.ask(renderedYaml, { uri, secrets: 'plain' });
  assert.match(plain?.yaml ?? '', /password: hunter2\n/);
  await editor.ask(setFilter, { uri, filter: 'Service' });
  assert.equal((await editor.ask(renderedYaml, { uri, secrets: 'masked' }))?.hasSecrets, false);
});

test('the saved files are rendered beside what is typed, and again when they are saved', async () => {
  await using editor = await Editor.open(shop);
  const uri = editor.previewUri('overlays/dev');
  await editor.openFile('base/shop.yaml');
  await editor.openPreview('overlays/dev');
  await editor.edit('base/shop.yaml', 'replicas: 1', 'replicas: 2');
  await editor.until(() => editor.received(previewChanged).length > 1);
  assert.match(await editor.openSupplied(`${uri}#saved`), /^# overlays\/dev: 3 resources\n[^]*replicas: 1\n/);
  assert.match(await editor.previewText(uri), /^# overlays\/dev: 3 resources, with unsaved changes\n[^]*replicas: 2\n/);

  const saved = editor.fixture.files.find(({ path }) => path.endsWith('shop.yaml'))?.text.replace('replicas: 1', 'replicas: 3') ?? '';
  await writeFile(new URL(editor.uri('base/shop.yaml')), saved);
  await editor.changedOnDisk('base/shop.yaml');
  await editor.until(() => editor.refreshes(`${uri}#saved`) > 0);
  assert.match(await editor.previewText(`${uri}#saved`), /replicas: 3\n/);
  assert.match(await editor.previewText(uri), /replicas: 2\n/);
});

test('what was rendered when the preview was opened stays at hand, with the filter of now', async () => {
  await using editor = await Editor.open(shop);
  const uri = editor.previewUri('overlays/dev');
  await editor.openFile('base/shop.yaml');
  const first = await editor.openPreview('overlays/dev');
  await editor.edit('base/shop.yaml', 'replicas: 1', 'replicas: 2');
  await editor.until(() => editor.received(previewChanged).length > 1);
  assert.equal(await editor.openSupplied(`${uri}#opened`), first);
  await editor.ask(setFilter, { uri, filter: 'Deployment' });
  await editor.until(() => editor.refreshes(`${uri}#opened`) > 0);
  assert.match(await editor.previewText(`${uri}#opened`), /^# overlays\/dev: 1 of 3 resources[^]*replicas: 1\n$/);
  // Closing it leaves the preview itself alone.
  await editor.close(`${uri}#opened`);
  const before = editor.received(previewChanged).length;
  await editor.edit('base/shop.yaml', 'replicas: 2', 'replicas: 4');
  await editor.until(() => editor.received(previewChanged).length > before);
  assert.match(await editor.previewText(uri), /replicas: 4\n/);
});

test('what kustomize warns of is counted in the heading and told by hovering it', async () => {
  await using editor = await Editor.open(shop.replace('namespace: shop-dev', 'namespace: shop-dev\ncommonLabels:\n  app: shop'));
  const text = await editor.openPreview('overlays/dev');
  assert.match(text, /^# overlays\/dev: 3 resources, 1 warning\n/);
  const { warnings } = editor.received(previewChanged).at(-1)?.state ?? assert.fail();
  assert.match(warnings.join(), /'commonLabels' is deprecated/);
  const hoverAt = (line: number): Promise<Hover | null> =>
    editor.ask(
      { method: 'textDocument/hover' },
      { textDocument: { uri: editor.previewUri('overlays/dev') }, position: { line, character: 3 } },
    );
  const { value } = (await hoverAt(0))?.contents as { value: string };
  assert.match(value, /1 warning:\n\n```text\n.*'commonLabels' is deprecated/);
  const { value: ofField } = (await hoverAt(1))?.contents as { value: string };
  assert.doesNotMatch(ofField, /warning/);
});

test('the heading names branch and commit, and follows a commit', async () => {
  const other = '0c39b65d1b8ee5ae0b8d45ea8a1f3a1c3b2d4e5f';
  await using editor = await Editor.open(
    `${shop}-- .git/HEAD --\nref: refs/heads/main\n-- .git/refs/heads/main --\n${commit}\n-- .git/logs/HEAD --\n`,
  );
  assert.match(await editor.openPreview('overlays/dev'), /^# overlays\/dev: 3 resources, main at 4f1a5b1\n/);
  await writeFile(new URL(editor.uri('.git/refs/heads/main')), `${other}\n`);
  await editor.changedOnDisk('.git/logs/HEAD');
  await editor.until(() => editor.received(previewChanged).at(-1)?.state.revision === 'main at 0c39b65');
  assert.match(await editor.previewText('overlays/dev'), /^# overlays\/dev: 3 resources, main at 0c39b65\n/);
});

test('the heading names what deploys an overlay and to which cluster, and hovering it all of those', async () => {
  const kustomization = (path: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: shop, namespace: flux-system}
spec: {interval: 1m, prune: true, path: ${path}, sourceRef: {kind: GitRepository, name: fleet}}
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: fleet, namespace: flux-system}
spec: {interval: 1m, url: "https://github.com/acme/fleet"}
`;
  await using editor = await Editor.open(`${shop}-- clusters/dev/shop.yaml --\n${kustomization('./overlays/dev')}`);
  assert.match(await editor.openPreview('overlays/dev'), /^# overlays\/dev: 3 resources, deployed by Kustomization shop to dev\n/);
  const hover = await editor.atPreview<Hover>('textDocument/hover', 'overlays/dev', 'overlays');
  assert.match((hover.contents as { value: string }).value, /- Kustomization shop \\\(clusters\/dev\/shop.yaml\\\) to dev/);
  await editor.openFile('clusters/dev/shop.yaml');
  await editor.edit('clusters/dev/shop.yaml', './overlays/dev', './overlays/production');
  assert.match(await editor.previewText('overlays/dev'), /^# overlays\/dev: 3 resources\n/);
});
