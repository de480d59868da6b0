// Where what is rendered comes from, as an editor asks for it: real LSP messages, real engine.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Hover, LocationLink } from 'vscode-languageserver';
import { Editor } from '../../../test/fixture/editor.ts';
import { previewUri } from '../model/preview-uri.ts';
import { setFilter } from '../../../protocol/src/messages.ts';

const shop = `
-- base/kustomization.yaml --
resources: [shop.yaml]
-- base/shop.yaml --
apiVersion: v1
kind: Service
metadata:
  name: web
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  replicas: 1
  minReadySeconds: 5
-- overlays/dev/kustomization.yaml --
resources: [../../base]
namePrefix: dev-
patches:
  - path: replicas.yaml
-- overlays/dev/replicas.yaml --
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec: {replicas: 3}
-- web/Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
-- web/values.yaml --
color: grey
-- web/templates/config.yaml --
apiVersion: v1
kind: ConfigMap
metadata:
  name: web
data:
  color: {{ .Values.color }}
`;

async function hoverAt(editor: Editor, preview: string, text: string): Promise<string> {
  const hover = await editor.atPreview<Hover | null>('textDocument/hover', preview, text);
  return (hover?.contents as { value: string } | undefined)?.value.replaceAll(editor.uri('.'), '') ?? '';
}

test('hover in a preview tells where a value is written and what touched it', async () => {
  await using editor = await Editor.open(shop);
  await editor.openPreview('overlays/dev');
  const replicas = await hoverAt(editor, 'overlays/dev', 'replicas: 3');
  assert.match(replicas, /^From \[overlays\/dev\/replicas\.yaml:4\]\(\/overlays\/dev\/replicas\.yaml#L4\)\n/);
  assert.match(replicas, /1\. .*base\/.*\n2\. .*patches.*overlays\/dev/);
  assert.match(await hoverAt(editor, 'overlays/dev', 'minReadySeconds'), /^From \[base\/shop\.yaml:12\]/);
});

test('with a filter, the same resource is meant', async () => {
  await using editor = await Editor.open(shop);
  await editor.openPreview('overlays/dev');
  await editor.ask(setFilter, { uri: editor.previewUri('overlays/dev'), filter: 'Deployment' });
  assert.match(await hoverAt(editor, 'overlays/dev', 'minReadySeconds'), /^From \[base\/shop\.yaml:12\]/);
});

test('hover tells which value of a chart decides, and where that is written', async () => {
  await using editor = await Editor.open(shop);
  const preview = previewUri({ kind: 'chart', chart: `${editor.fixture.root}/web`, values: '' });
  await editor.openPreview(preview);
  const color = await hoverAt(editor, preview, 'color: grey');
  assert.match(color, /^From \[web\/templates\/config\.yaml:6\]/);
  assert.match(color, /- `\.Values\.color`: \[web\/values\.yaml:1\]\(\/web\/values\.yaml#L1\)/);
});

test('definition in a preview leads to the source', async () => {
  await using editor = await Editor.open(shop);
  await editor.openPreview('overlays/dev');
  const [link] = await editor.atPreview<LocationLink[]>('textDocument/definition', 'overlays/dev', '3\n');
  assert.equal(link?.targetUri, editor.uri('overlays/dev/replicas.yaml'));
  assert.deepEqual(link.targetRange.start, { line: 3, character: 17 });
});

test('references of a source value are the places that it is rendered to', async () => {
  await using editor = await Editor.open(shop.replace('minReadySeconds: 5', 'minReadySeconds: $05'));
  await editor.openFile('base/shop.yaml');
  const found = await editor.references();
  assert.deepEqual(
    found.map(({ uri }) => uri),
    [editor.previewUri('base'), editor.previewUri('overlays/dev')],
  );
  const text = await editor.openPreview('overlays/dev');
  const { line = 0, character = 0 } = found[1]?.range.start ?? {};
  assert.equal(text.split('\n')[line]?.slice(character), '5');
});

test('references of an object are the fields that point at it, and the places that its line is rendered to', async () => {
  await using editor = await Editor.open(shop.replace('kind: Deployment', 'ki$0nd: Deployment'));
  const found = await editor.references();
  const [declaration, ...pointing] = found.map(({ uri }) => uri);
  assert.equal(declaration, editor.uri('base/shop.yaml'));
  assert.ok(pointing.includes(editor.uri('base/kustomization.yaml')), pointing.join());
  assert.ok(pointing.includes(editor.previewUri('overlays/dev')), pointing.join());
});
