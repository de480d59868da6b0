// The server as an editor meets it: real LSP messages, real engine, real schemas, small repositories.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeFile } from 'node:fs/promises';
import {
  applicationsOf,
  filesSkipped,
  objects,
  objectsChanged,
  pipelinesOf,
  previewChanged,
  renderedObjects,
} from '../../../protocol/src/messages.ts';
import { Editor } from '../../../test/fixture/editor.ts';
import { defaultSettings } from '../../../protocol/src/options.ts';
import { previewUri } from '../model/preview-uri.ts';

const shop = `
-- base/kustomization.yaml --
resources:
  - deployment.yaml
-- base/deployment.yaml --
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  replicas: 1
  selector:
    matchLabels:
      app: shop
  template:
    metadata:
      labels:
        app: shop
    spec:
      containers:
        - name: shop
          image: shop:1
-- overlays/dev/kustomization.yaml --
resources:
  - ../../base
namePrefix: dev-
-- overlays/production/kustomization.yaml --
resources:
  - ../../base
namePrefix: prod-
patches:
  - path: replicas.yaml
-- overlays/production/replicas.yaml --
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  replicas: 3
`;

test('a mistyped field is found as it is typed, and gone when it is mended', async () => {
  await using editor = await Editor.open(shop);
  await editor.openFile('base/deployment.yaml');
  await editor.edit('base/deployment.yaml', 'replicas:', 'replics:');
  await editor.until(() => editor.findings('base/deployment.yaml').length > 0);
  assert.match(editor.findings('base/deployment.yaml').join('\n'), /^6:3 error unknown-field: .*`replics`.* Did you mean `replicas`\?$/m);
  await editor.edit('base/deployment.yaml', 'replics:', 'replicas:');
  await editor.until(() => editor.findings('base/deployment.yaml').length === 0);
});

test('files that nobody opened are checked too', async () => {
  await using editor = await Editor.open('-- app/kustomization.yaml --\nresources:\n  - gone.yaml\n');
  await editor.until(() => editor.findings('app/kustomization.yaml').length > 0);
  assert.deepEqual(editor.findings('app/kustomization.yaml'), ['2:5 error kustomize/missing-file: "gone.yaml" does not exist.']);
});

test('a file that appears on disk settles the finding', async () => {
  await using editor = await Editor.open('-- app/kustomization.yaml --\nresources:\n  - late.yaml\n');
  await editor.until(() => editor.findings('app/kustomization.yaml').length > 0);
  await writeFile(new URL(editor.uri('app/late.yaml')), 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: late\n');
  await editor.changedOnDisk('app/late.yaml');
  await editor.until(() => editor.findings('app/kustomization.yaml').length === 0);
});

test('an overlay that does not render is found on the line that breaks it', async () => {
  await using editor = await Editor.open(shop);
  await editor.openFile('overlays/production/replicas.yaml');
  await editor.edit('overlays/production/replicas.yaml', 'name: shop', 'name: shob');
  await editor.until(() => editor.findings('overlays/production/replicas.yaml').length > 0);
  assert.match(
    editor.findings('overlays/production/replicas.yaml').join('\n'),
    /^4:9 error render: no resource matches strategic merge patch "Deployment\.v1\.apps\/shob/,
  );
});

test('a patch that is not YAML is blamed where it is broken, not where it is named', async () => {
  await using editor = await Editor.open(shop);
  await editor.openFile('overlays/production/replicas.yaml');
  await editor.openPreview('overlays/production');
  await editor.edit('overlays/production/replicas.yaml', 'spec:', 'spec: [');
  await editor.until(() => editor.received(previewChanged).at(-1)?.state.kind === 'stale');
  await editor.until(() => editor.findings('overlays/production/replicas.yaml').length > 0);
  assert.match(editor.findings('overlays/production/replicas.yaml').join('\n'), /^6:14 error yaml-syntax: /);
  assert.match(
    editor.findings('overlays/production/kustomization.yaml').join('\n'),
    /^\d+:\d+ information render: Fails in overlays\/production\/replicas\.yaml:\d+: [^\n]*$/,
  );
});

test('a failed render leads to its place from what includes it, also to a file that is no YAML', async () => {
  await using editor = await Editor.open(`
-- chart/Chart.yaml --
apiVersion: v2
name: shop
version: 1.0.0
-- chart/templates/_host.tpl --
{{ define "host" }}{{ .Values.host.name }}{{ end }}
-- chart/templates/a.yaml --
host: {{ include "host" . }}
-- chart/values.yaml --
port: 1
`);
  await editor.openFile('chart/values.yaml');
  await editor.until(() => editor.findings('chart/templates/a.yaml').length > 0);
  const [found] = editor.findings('chart/templates/_host.tpl');
  assert.match(found ?? '', /^1:30 warning render: nil pointer evaluating interface \{\}\.name \(with the chart's own values\)\. /);
  const [including] = editor.diagnostics('chart/templates/a.yaml');
  assert.equal(including?.message, 'Fails in chart/templates/_host.tpl:1: nil pointer evaluating interface {}.name');
  assert.deepEqual(
    including.relatedInformation?.map(({ location }) => [location.uri, location.range.start]),
    [[editor.uri('chart/templates/_host.tpl'), { line: 0, character: 29 }]],
  );
  await editor.edit('chart/values.yaml', 'port: 1', 'host: {name: a}');
  await editor.until(() => editor.findings('chart/templates/a.yaml').length === 0);
  assert.deepEqual(editor.findings('chart/templates/_host.tpl'), []);
});

test('hover explains a field', async () => {
  await using editor = await Editor.open(shop.replace('  replicas: 1', '  rep$0licas: 1'));
  await editor.openFile('base/deployment.yaml');
  const hover = await editor.hover();
  const { value } = hover?.contents as { value: string };
  assert.match(value, /replicas/);
  assert.match(value, /integer/);
});

test('completion suggests the fields that are possible and not there', async () => {
  await using editor = await Editor.open(shop.replace('  replicas: 1\n', '  replicas: 1\n  $0\n'));
  await editor.openFile('base/deployment.yaml');
  const labels = (await editor.completion()).map(({ label }) => label);
  assert.ok(labels.includes('revisionHistoryLimit'), labels.join(' '));
  assert.ok(!labels.includes('replicas'), labels.join(' '));
});

test('definition leads from an entry to the kustomization of the folder', async () => {
  await using editor = await Editor.open(shop.replace('  - ../../base\nnamePrefix: dev-', '  - ../../ba$0se\nnamePrefix: dev-'));
  await editor.openFile('overlays/dev/kustomization.yaml');
  assert.deepEqual(
    (await editor.definition()).map(({ targetUri }) => targetUri),
    [editor.uri('base/kustomization.yaml')],
  );
});

test('a kustomization has a lens that opens its preview', async () => {
  await using editor = await Editor.open(shop);
  const [lens] = await editor.codeLenses('overlays/dev/kustomization.yaml');
  assert.equal(lens?.command?.command, 'drydock.openPreviewToSide');
  assert.deepEqual(lens.command.arguments, [{ preview: editor.uri('overlays/dev').replace('file://', 'drydock-rendered:') + '.rendered' }]);
  assert.deepEqual(await editor.codeLenses('base/deployment.yaml'), []);
});

test('a file knows the overlays it takes part in', async () => {
  await using editor = await Editor.open(shop);
  await editor.until(() => editor.received(objectsChanged).length > 0);
  const overlays = await editor.ask(pipelinesOf, { uri: editor.uri('base/deployment.yaml') });
  assert.deepEqual(
    overlays.map(({ label }) => label),
    ['base', 'overlays/dev', 'overlays/production'],
  );
});

test('the preview follows unsaved edits, keeps the last good rendering, and recovers', async () => {
  await using editor = await Editor.open(shop);
  await editor.openFile('base/deployment.yaml');
  assert.match(
    await editor.openPreview('overlays/production'),
    /^# overlays\/production: 1 resource\n[^]*name: prod-shop\n[^]*replicas: 3\n[^]*image: shop:1\n/,
  );

  await editor.edit('base/deployment.yaml', 'shop:1', 'shop:2');
  await editor.until(() => editor.received(previewChanged).length > 1);
  assert.match(await editor.previewText('overlays/production'), /image: shop:2\n/);

  await editor.edit('base/deployment.yaml', 'metadata:', 'metadata: [');
  await editor.until(() => editor.received(previewChanged).at(-1)?.state.kind === 'stale');
  assert.match(
    await editor.previewText('overlays/production'),
    /^# LAST GOOD RENDERING\. It fails now: .* \(overlays\/production\)\n[^]*image: shop:2\n/,
  );

  await editor.edit('base/deployment.yaml', 'metadata: [', 'metadata:');
  await editor.until(() => editor.received(previewChanged).at(-1)?.state.kind === 'current');
  assert.match(await editor.previewText('overlays/production'), /^# overlays\/production: 1 resource, with unsaved changes\n/);
});

test('a closed preview is not rendered any more', async () => {
  await using editor = await Editor.open(shop);
  await editor.openFile('base/deployment.yaml');
  await editor.openPreview('overlays/dev');
  await editor.openPreview('overlays/production');
  await editor.close(`drydock-rendered:${editor.uri('overlays/dev').slice('file://'.length)}.rendered`);
  const before = editor.received(previewChanged).length;
  await editor.edit('base/deployment.yaml', 'shop:1', 'shop:2');
  await editor.until(() => editor.received(previewChanged).length > before);
  assert.deepEqual(
    editor
      .received(previewChanged)
      .slice(before)
      .map(({ uri }) => uri.includes('production')),
    [true],
  );
});

test('a preview that an edit does not reach is not told of again', async () => {
  await using editor = await Editor.open(`${shop}-- other.yaml --\na: 1\n`);
  await editor.openFile('base/deployment.yaml');
  await editor.openFile('other.yaml');
  await editor.openPreview('overlays/dev');
  await editor.until(() => editor.received(previewChanged).length > 0);
  const before = editor.received(previewChanged).length;
  await editor.edit('other.yaml', 'a: 1', 'a: 2');
  await editor.edit('base/deployment.yaml', 'shop:1', 'shop:2');
  await editor.until(() => editor.received(previewChanged).length > before);
  assert.equal(editor.received(previewChanged).length, before + 1);
  assert.match(await editor.previewText('overlays/dev'), /image: shop:2\n/);
});

test('what broke a render is forgotten when it is closed without being saved', async () => {
  await using editor = await Editor.open(shop);
  await editor.openFile('overlays/production/replicas.yaml');
  await editor.edit('overlays/production/replicas.yaml', 'name: shop', 'name: shob');
  await editor.until(() => editor.findings('overlays/production/replicas.yaml').length > 0);
  await editor.close(editor.uri('overlays/production/replicas.yaml'));
  await editor.until(() => editor.findings('overlays/production/replicas.yaml').length === 0);
});

test('what is saved counts without a word from the watcher of files', async () => {
  await using editor = await Editor.open(shop);
  await editor.openFile('base/deployment.yaml');
  const saved = `${editor.previewUri('overlays/dev')}#saved`;
  assert.match(await editor.openSupplied(saved), /shop:1/);
  await editor.edit('base/deployment.yaml', 'shop:1', 'shop:2');
  await editor.save('base/deployment.yaml');
  await editor.until(() => editor.refreshes(saved) > 0);
  assert.match(await editor.previewText(saved), /shop:2/);
});

test('a setting counts as soon as it is changed', async () => {
  await using editor = await Editor.open('-- app/kustomization.yaml --\nresources:\n  - gone.yaml\n');
  await editor.until(() => editor.findings('app/kustomization.yaml').length > 0);
  await editor.changeSettings({ ...defaultSettings, validate: { enable: false } });
  await editor.until(() => editor.findings('app/kustomization.yaml').length === 0);
});

test('the tree names the overlays', async () => {
  await using editor = await Editor.open(shop);
  await editor.until(() => editor.received(objectsChanged).length > 0);
  const tree = await editor.ask(objects, null);
  assert.deepEqual(
    tree.map(({ label, children }) => [label, children.map((child) => child.label)]),
    [['Overlays', ['base', 'overlays/dev', 'overlays/production']]],
  );
});

test('what is left out of the workspace is said once', async () => {
  await using editor = await Editor.open(`${shop}-- large.yaml --\n${'# filler\n'.repeat(200)}`, {
    settings: { ...defaultSettings, files: { maxSize: 0.001 } },
  });
  await editor.until(() => editor.received(filesSkipped).length > 0);
  await editor.changedOnDisk('large.yaml');
  await editor.changedOnDisk('base/deployment.yaml');
  await editor.until(() => editor.received(objectsChanged).length > 0);
  assert.deepEqual(editor.received(filesSkipped), [
    { files: [{ uri: editor.uri('large.yaml'), reason: 'larger than 0.001 MB (setting drydock.files.maxSize)' }] },
  ]);
});

test('in an untrusted workspace nothing is rendered, and the rest works', async () => {
  await using editor = await Editor.open(shop, { initialization: { trusted: false } });
  await editor.openFile('base/deployment.yaml');
  await editor.edit('base/deployment.yaml', 'replicas:', 'replics:');
  await editor.until(() => editor.findings('base/deployment.yaml').length > 0);
  assert.equal(await editor.previewText('overlays/dev'), '# Not rendered: nothing is rendered in an untrusted workspace.\n');
  assert.deepEqual(await editor.codeLenses('overlays/dev/kustomization.yaml'), []);
});

test('what another extension brings schemas for is left to it', async () => {
  await using editor = await Editor.open(shop.replace('  replicas: 1', '  replics$0: 1'), {
    initialization: { schemasElsewhere: ['**/deployment.yaml'] },
  });
  await editor.openFile('base/deployment.yaml');
  await editor.until(() => editor.received(objectsChanged).length > 0);
  assert.deepEqual(editor.findings('base/deployment.yaml'), []);
  assert.equal(await editor.hover(), null);
});

test('the WebAssembly engine renders the same preview', async () => {
  await using native = await Editor.open(shop, { initialization: { engine: 'native' } });
  await using wasm = await Editor.open(shop, { initialization: { engine: 'wasm' } });
  assert.equal(await wasm.openPreview('overlays/production'), await native.openPreview('overlays/production'));
});

test('a component is previewed as part of the overlays that include it', async () => {
  await using editor = await Editor.open(`${shop}-- overlays/debug/kustomization.yaml --
resources: [../../base]
components: [../../components/verbose]
-- components/verbose/kustomization.yaml --
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
namePrefix: verbose-
`);
  const overlays = await editor.ask(pipelinesOf, { uri: editor.uri('components/verbose/kustomization.yaml') });
  assert.deepEqual(
    overlays.map(({ label }) => label),
    ['overlays/debug'],
  );
  assert.deepEqual(await editor.codeLenses('components/verbose/kustomization.yaml'), []);
});

test('without checks, a failed render is told by the preview alone', async () => {
  await using editor = await Editor.open(shop, { settings: { ...defaultSettings, validate: { enable: false } } });
  await editor.openFile('overlays/production/replicas.yaml');
  await editor.openPreview('overlays/production');
  await editor.edit('overlays/production/replicas.yaml', 'name: shop', 'name: shob');
  await editor.until(() => editor.received(previewChanged).at(-1)?.state.kind === 'stale');
  assert.deepEqual(editor.findings('overlays/production/replicas.yaml'), []);
});

test('what takes long is given up when the client takes its request back', async () => {
  const endless = '{{ range until 1000000 }}{{ range until 1000000 }}{{ end }}{{ end }}';
  await using editor = await Editor.open(`
-- chart/Chart.yaml --
apiVersion: v2
name: endless
version: 1.0.0
-- chart/templates/a.yaml --
${endless}
-- set.yaml --
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: endless, namespace: argocd}
spec:
  goTemplate: true
  generators: [{list: {elements: [{a: b}]}}]
  template: {metadata: {name: '${endless}'}, spec: {}}
`);
  const root = editor.fixture.root;
  const chart = previewUri({ kind: 'chart', chart: `${root}/chart`, values: '' });
  // A rendering that went on to its time limit would give a row that says so.
  assert.deepEqual(await editor.askAndCancel(renderedObjects, { preview: chart }), []);
  const within = { kind: 'file', path: `${root}/set.yaml` } as const;
  const set = { kind: 'object', group: 'argoproj.io', objectKind: 'ApplicationSet', namespace: 'argocd', name: 'endless', within } as const;
  assert.equal(await editor.askAndCancel(applicationsOf, { preview: previewUri(set) }), null);
});
