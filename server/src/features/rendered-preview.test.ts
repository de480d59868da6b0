import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Rendered, type Shown, previewState, previewText } from './rendered-preview.ts';
import { headingHover } from './rendered-hover.ts';

const yaml =
  'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: b\nstringData:\n  key: hunter2\n';

const dev: Shown = { label: 'overlays/dev', destination: '', clusters: '', revision: '', filter: '' };

function rendering(rendered: Partial<Rendered>): Rendered {
  return { yaml: undefined, failure: undefined, warnings: [], secrets: [], milliseconds: 5, ...rendered };
}

function heading(shown: Partial<Shown>, rendered: Partial<Rendered>): string | undefined {
  return previewText({ ...dev, ...shown }, rendering(rendered)).split('\n')[0];
}

test('a preview says what it is in its first line, and shows no secrets', () => {
  assert.equal(previewText(dev, rendering({ yaml })), `# overlays/dev: 2 resources\n${yaml.replace('hunter2', '"********"')}`);
  assert.deepEqual(previewState(dev, rendering({ yaml })), {
    kind: 'current',
    resources: 2,
    shown: 2,
    filter: '',
    warnings: [],
    revision: '',
    milliseconds: 5,
  });
});

test('while the sources are broken the last good rendering stays on the same lines, marked as such', () => {
  const broken = rendering({ yaml, failure: 'accumulating\n  resources: gone' });
  const text = previewText(dev, broken);
  assert.match(text, /^# LAST GOOD RENDERING\. It fails now: accumulating resources: gone \(overlays\/dev\)\napiVersion: v1\n/);
  const state = previewState(dev, broken);
  assert.equal(state.kind, 'stale');
  assert.equal('message' in state && state.message, broken.failure);
});

test('sources that never rendered have a preview that says why', () => {
  const broken = rendering({ failure: 'gone' });
  assert.equal(previewText(dev, broken), '# overlays/dev does not render:\n#   gone\n');
  const nested = { ...broken, failure: `${'word '.repeat(30)}/${'x'.repeat(150)} end` };
  assert.match(previewText(dev, nested), /^(?:#.*\n){5}$/);
  assert.equal(previewState(dev, broken).kind, 'failed');
  assert.equal(previewText(dev, undefined), '# overlays/dev: rendering…\n');
});

test('resources are counted', () => {
  assert.equal(heading({}, { yaml: '' }), '# overlays/dev: 0 resources');
  assert.equal(heading({}, { yaml: 'kind: A\n' }), '# overlays/dev: 1 resource');
  assert.equal(heading({}, { yaml: 'text: |\n  ---\n  x\n' }), '# overlays/dev: 1 resource');
});

test('a filter is named, with what it leaves, and the lines stay where they are while it does', () => {
  assert.equal(heading({ filter: 'ConfigMap' }, { yaml }), '# overlays/dev: 1 of 2 resources (filter: ConfigMap)');
  const text = previewText({ ...dev, filter: 'secret/*' }, rendering({ yaml, failure: 'gone' }));
  assert.match(text, /^# LAST GOOD RENDERING\. It fails now: gone \(overlays\/dev, filter: secret\/\*\)\napiVersion: v1\nkind: Secret\n/);
  assert.ok(!text.includes('hunter2'));
  const { resources, shown, filter } = previewState({ ...dev, filter: 'a b' }, rendering({ yaml }));
  assert.deepEqual({ resources, shown, filter }, { resources: 2, shown: 2, filter: 'a b' });
});

test('warnings and the state of the sources are in the heading, which is one line whatever they are', () => {
  const revision = 'main at 1a2b3c4 with unsaved changes';
  assert.equal(heading({}, { yaml, warnings: ['old'] }), '# overlays/dev: 2 resources, 1 warning');
  assert.equal(heading({ revision }, { yaml, warnings: ['a', 'b'] }), `# overlays/dev: 2 resources, 2 warnings, ${revision}`);
  const destination = 'deployed by Kustomization shop to dev';
  assert.equal(heading({ revision, destination }, { yaml }), `# overlays/dev: 2 resources, ${destination}, ${revision}`);
  assert.equal(heading({ label: 'a\nb: c' }, { yaml: '' }), '# a b: c: 0 resources');
});

test('hovering the heading tells the warnings and the failure in the words of the tool', () => {
  const state = previewState({ ...dev, revision: 'main at 1a2b3c4' }, rendering({ yaml, warnings: ["'vars' is deprecated", '```'] }));
  assert.equal(
    headingHover('overlays/*dev*', state, ['Kustomization shop (apps.yaml) to dev']),
    [
      '**overlays/\\*dev\\***: 2 resources, rendered from the open editors',
      'Where it is deployed:\n\n- Kustomization shop \\(apps.yaml\\) to dev',
      'Working tree: main at 1a2b3c4. What is changed and not committed counts.',
      "2 warnings:\n\n````text\n'vars' is deprecated\n```\n````",
    ].join('\n\n'),
  );
  const broken = previewState(dev, rendering({ yaml, failure: 'no such file' }));
  assert.match(headingHover('overlays/dev', broken, []), /It fails now:\n\n```text\nno such file\n```$/);
});

test('what came from a Secret is masked wherever it stands', () => {
  const substituted = 'kind: ConfigMap\ndata:\n  url: postgres://shop:hunter2@db\n  short: on\n';
  const text = previewText(dev, rendering({ yaml: substituted, secrets: ['hunter2', 'on'] }));
  assert.match(text, /shop:\*{8}@db\n {2}short: on\n$/);
});

test('the heading counts what SOPS encrypted', () => {
  const encrypted = 'kind: Secret\nstringData:\n  key: ENC[AES256_GCM,data:x]\nsops:\n  mac: ENC[AES256_GCM,data:y]\n';
  assert.equal(heading({}, { yaml: `${yaml}---\n${encrypted}` }), '# overlays/dev: 3 resources, 1 encrypted by SOPS');
  assert.equal(heading({}, { yaml: `kind: ConfigMap\ndata:\n  text: ENC[this is not]\n` }), '# overlays/dev: 1 resource');
});
