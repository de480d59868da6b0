import assert from 'node:assert/strict';
import { test } from 'node:test';
import { previewState, previewText } from './rendered-preview.ts';

const yaml =
  'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: b\nstringData:\n  key: hunter2\n';

test('a preview says what it is in its first line, and shows no secrets', () => {
  const text = previewText('overlays/dev', { yaml, failure: undefined, milliseconds: 5, secrets: [] });
  assert.equal(text, `# overlays/dev: 2 resources\n${yaml.replace('hunter2', '"********"')}`);
  assert.deepEqual(previewState({ yaml, failure: undefined, milliseconds: 5 }), {
    kind: 'current',
    resources: 2,
    milliseconds: 5,
  });
});

test('while the sources are broken the last good rendering stays on the same lines, marked as such', () => {
  const broken = { yaml, failure: 'accumulating\n  resources: gone', milliseconds: 5, secrets: [] };
  const text = previewText('overlays/dev', broken);
  assert.match(text, /^# LAST GOOD RENDERING\. It fails now: accumulating resources: gone \(overlays\/dev\)\napiVersion: v1\n/);
  assert.deepEqual(previewState(broken), { kind: 'stale', message: broken.failure });
});

test('sources that never rendered have a preview that says why', () => {
  const broken = { yaml: undefined, failure: 'gone', milliseconds: 5, secrets: [] };
  assert.equal(previewText('overlays/dev', broken), '# overlays/dev does not render:\n#   gone\n');
  const nested = { ...broken, failure: `${'word '.repeat(30)}/${'x'.repeat(150)} end` };
  assert.match(previewText('overlays/dev', nested), /^(?:#.*\n){5}$/);
  assert.deepEqual(previewState(broken), { kind: 'failed', message: 'gone' });
  assert.equal(previewText('overlays/dev', undefined), '# overlays/dev: rendering…\n');
});

test('resources are counted', () => {
  const heading = (rendered: string): string | undefined =>
    previewText('a', { yaml: rendered, failure: undefined, milliseconds: 0, secrets: [] }).split('\n')[0];
  assert.equal(heading(''), '# a: 0 resources');
  assert.equal(heading('kind: A\n'), '# a: 1 resource');
  assert.equal(heading('text: |\n  ---\n  x\n'), '# a: 1 resource');
});

test('what came from a Secret is masked wherever it stands', () => {
  const substituted = 'kind: ConfigMap\ndata:\n  url: postgres://shop:hunter2@db\n  short: on\n';
  const text = previewText('apps', { yaml: substituted, failure: undefined, milliseconds: 1, secrets: ['hunter2', 'on'] });
  assert.match(text, /shop:\*{8}@db\n {2}short: on\n$/);
});
