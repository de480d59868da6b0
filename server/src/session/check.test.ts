import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkWorkspace } from './check.ts';
import { openSession } from '../../../test/fixture/session.ts';

async function check(archive: string, wanted: (path: string) => boolean = () => true): Promise<string[]> {
  await using opened = await openSession(archive);
  const { root } = opened.fixture;
  const checked = await checkWorkspace(opened.session, (path) => wanted(path.slice(root.length + 1)));
  return checked.flatMap(({ path, findings }) =>
    findings.map(({ severity, code, range }) => `${path.slice(root.length + 1)}:${range.start.line + 1} ${severity} ${code}`),
  );
}

const shop = `
-- base/kustomization.yaml --
resources: [deployment.yaml, gone.yaml]
-- base/deployment.yaml --
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec: {replicas: many}
-- overlays/dev/kustomization.yaml --
resources: [../../base]
patches:
  - path: patch.yaml
-- overlays/dev/patch.yaml --
apiVersion: apps/v1
kind: Deployment
metadata: {name: other}
`;

test('all files are checked, and a failed render is an error once, where the cause is', async () => {
  assert.deepEqual(await check(shop), [
    'base/deployment.yaml:4 warning missing-field',
    'base/deployment.yaml:4 error wrong-type',
    'base/kustomization.yaml:1 error kustomize/missing-file',
    'overlays/dev/kustomization.yaml:1 information render',
  ]);
});

test('what only a render finds is a finding in the file that causes it', async () => {
  const mended = shop
    .replace(', gone.yaml', '')
    .replace('{replicas: many}', '{selector: {}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a}]}}}');
  assert.deepEqual(await check(mended), ['overlays/dev/kustomization.yaml:3 information render', 'overlays/dev/patch.yaml:3 error render']);
});

test('what Drydock does not render is no error of the sources, and is said once', async () => {
  const overlay = (base: string): string => `
-- base/kustomization.yaml --
${base}
-- overlays/dev/kustomization.yaml --
resources: [../../base]
`;
  assert.deepEqual(await check(overlay("resources: ['https://example.com/fleet//base?ref=v1']")), [
    'base/kustomization.yaml:1 warning render',
  ]);
  assert.deepEqual(await check(overlay('helmCharts: [{name: shop, repo: https://charts.example.com}]')), [
    'base/kustomization.yaml:1 warning render',
  ]);
});

test('only what is wanted is checked; what its renders blame elsewhere is told too', async () => {
  assert.deepEqual(await check(shop, (path) => path === 'base/deployment.yaml'), [
    'base/deployment.yaml:4 warning missing-field',
    'base/deployment.yaml:4 error wrong-type',
  ]);
  assert.deepEqual(await check(shop, (path) => path.startsWith('overlays/')), [
    'base/kustomization.yaml:1 error render',
    'overlays/dev/kustomization.yaml:1 information render',
  ]);
});

test('a file that is broken beyond reading hides nothing in the others', async () => {
  const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nwrong: 1\n';
  const broken = {
    'not YAML': 'a: [1, 2\nb: }\n  c: - :\n',
    tabs: 'a:\n\tb: 1\n',
    'a bomb': `a: &a [x]\n${Array.from({ length: 20 }, (_, index) => `a${index}: &a [*a, *a, *a, *a, *a, *a]\n`).join('')}`,
    'an endless structure': 'a: &a\n  b: *a\n',
    'a deep structure': `${'- '.repeat(100_000)}1\n`,
    'a long line': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: ${'x'.repeat(4_900_000)}}\n`,
    'thousands of keys': Array.from({ length: 50_000 }, (_, index) => `key${index}: 1\n`).join(''),
    'thousands of documents': '---\n'.repeat(20_000),
    'a kind that is a list': 'apiVersion: v1\nkind: [a]\nmetadata: {name: [a]}\n',
    'a kind like a method': 'apiVersion: argoproj.io/v1alpha1\nkind: constructor\nspec: {}\n',
    'complex keys': 'apiVersion: v1\nkind: ConfigMap\n? [a, b]\n: c\n? {x: y}\n: z\n',
    'control characters': 'a: \u0007\u001b[31m\n',
    'unknown tags': 'a: !b {c: !!binary x}\nd: !!set {e}\nf: !<tag:g> h\n',
    nothing: '',
    'comments only': '# a\n'.repeat(100_000),
  };
  const archive = Object.entries(broken).map(
    ([name, text]) => `-- broken/${name}.yaml --\n${text}\n-- ${name}/kustomization.yaml --\nresources: ["../broken/${name}.yaml"]\n`,
  );
  const found = await check(`-- good.yaml --\n${configMap}${archive.join('')}-- z.yaml --\n${configMap}`);
  assert.ok(found.includes('good.yaml:4 error unknown-field'));
  assert.ok(found.includes('z.yaml:4 error unknown-field'));
  for (const name of ['not YAML', 'tabs', 'a bomb', 'an endless structure', 'a deep structure', 'thousands of keys']) {
    assert.ok(
      found.some((line) => line.startsWith(`broken/${name}.yaml:`)),
      name,
    );
  }
});

test('kustomizations of any shape are findings, not crashes', async () => {
  const shapes = [
    '- a\n- b\n',
    'hello\n',
    '5\n',
    '',
    'null\n',
    'resources: {a: b}\n',
    'resources: [{a: b}, [c], null, 5]\n',
    'kind: [Component]\nresources: [a]\n',
    'resources: &r [*r]\n',
    '{"resources": ["a"]\n',
    '"resources"\n',
  ];
  const found = await check(shapes.map((text, index) => `-- ${index}/kustomization.yaml --\n${text}`).join(''));
  for (const index of shapes.keys())
    assert.ok(
      found.some((line) => line.startsWith(`${index}/kustomization.yaml:`) && line.includes('error')),
      shapes[index],
    );
});
