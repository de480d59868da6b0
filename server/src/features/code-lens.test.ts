import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type OpenSession, openSession } from '../../../test/fixture/session.ts';
import type { GeneratedApplications } from '../engine/application-set.ts';
import { previewUri } from '../model/preview-uri.ts';
import { codeLenses, previewLenses } from './code-lens.ts';

test('a kustomization has a lens at its first line that says something', async () => {
  await using opened = await openSession('-- app/kustomization.yaml --\n# licence\n---\nresources: []\n-- app/a.yaml --\na: 1\n');
  const [lens, ...others] = codeLenses(opened.session.view, opened.file('app/kustomization.yaml'), () => undefined);
  assert.equal(lens?.range.start.line, 2);
  assert.deepEqual(lens.argument, { preview: previewUri({ kind: 'kustomization', directory: `${opened.fixture.root}/app` }) });
  assert.deepEqual(others, []);
  assert.deepEqual(
    codeLenses(opened.session.view, opened.file('app/a.yaml'), () => undefined),
    [],
  );
});

test('an ApplicationSet tells how many applications it generates, once that is known', async () => {
  await using opened = await openSession('-- set.yaml --\napiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: all}\n');
  const titles = (known: GeneratedApplications | undefined): string[] =>
    codeLenses(opened.session.view, opened.file('set.yaml'), () => known).map(({ title }) => title);
  const generated = (count: number, clusters: Pick<GeneratedApplications, 'clustersFrom'> = {}): GeneratedApplications => {
    const application = { name: 'a', namespace: 'argocd', generator: 'spec.generators[0].list', params: {} };
    return { applications: Array.from({ length: count }, () => application), errors: [], controllerError: '', ...clusters };
  };
  assert.deepEqual(titles(undefined), ['$(versions) Applications', '$(open-preview) Open Rendered Preview']);
  assert.equal(titles(generated(1))[0], '$(versions) 1 application');
  assert.equal(titles(generated(12))[0], '$(versions) 12 applications');
  assert.equal(
    titles(generated(3, { clustersFrom: 'context east, 20:11:03' }))[0],
    '$(versions) 3 applications (clusters: context east, 20:11:03)',
  );
});

const values = '$(symbol-variable) Show Effective Values';
const titled = (opened: OpenSession, path: string): string[] =>
  codeLenses(opened.session.view, opened.file(path), () => undefined).map(({ title }) => title);

test('what renders a chart has a lens for its values', async () => {
  await using opened = await openSession(`
-- .git/config --
[remote "origin"]
	url = https://example.com/acme/fleet
-- web/Chart.yaml --
name: web
-- inflated/kustomization.yaml --
helmCharts: [{name: web}]
-- above/kustomization.yaml --
resources: [../inflated]
-- generated/kustomization.yaml --
generators: [web.yaml]
-- generated/web.yaml --
apiVersion: builtin
kind: HelmChartInflationGenerator
metadata: {name: web}
-- plain/kustomization.yaml --
resources: [config.yaml]
-- plain/config.yaml --
kind: ConfigMap
-- release.yaml --
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: web}
${['{path: web}', '{path: plain}', '{chart: web}', '{path: plain, helm: {releaseName: x}}']
  .map((source, index) => `-- app-${index}.yaml --\n${application(source)}`)
  .join('')}`);
  for (const path of [
    'inflated/kustomization.yaml',
    'above/kustomization.yaml',
    'generated/kustomization.yaml',
    'web/Chart.yaml',
    'release.yaml',
    'app-0.yaml',
    'app-2.yaml',
    'app-3.yaml',
  ])
    assert.deepEqual(titled(opened, path), ['$(open-preview) Open Rendered Preview', values], path);
  for (const path of ['app-1.yaml', 'plain/kustomization.yaml'])
    assert.deepEqual(titled(opened, path), ['$(open-preview) Open Rendered Preview'], path);
});

test('what a preview renders to a chart has a lens for its values there', async () => {
  await using opened = await openSession('-- kustomization.yaml --\nresources: []\n');
  const release = 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\n';
  const pipeline = { kind: 'kustomization', directory: opened.fixture.root } as const;
  assert.ok(previewLenses(opened.session.view, release, pipeline, () => undefined).some(({ title }) => title === values));
});

function application(source: string): string {
  const repoURL = 'repoURL: https://example.com/acme/fleet';
  return `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: shop}\nspec: {source: ${source.replace('{', `{${repoURL}, `)}}\n`;
}
