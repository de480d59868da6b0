import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { corpus } from '../../../test/fixture/corpus.ts';
import { openSession, sessionOn } from '../../../test/fixture/session.ts';
import type { Session } from '../session/session.ts';
import { checkRules } from './rules.ts';
import { filesOf } from '../workspace/snapshot.ts';
import { objectTarget } from '../model/object-target.ts';
import { root } from '../../../scripts/cache.ts';

function findingsOf({ view }: Session): string[] {
  return [...filesOf(view.graph.snapshot)].flatMap((file) => checkRules(view, file).map(({ code, message }) => `${code} ${message}`));
}

describe('what may be there on the cluster is not missing', () => {
  const release = (name: string, namespace: string, spec = '{}'): string =>
    `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: ${spec}\n`;
  const applied = (spec: string): string =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps, namespace: flux-system}\nspec: ${spec}\n`;
  const source = 'sourceRef: {kind: GitRepository, name: flux-system}';
  const declared =
    '-- flux-system.yaml --\napiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: flux-system, namespace: flux-system}\nspec: {url: https://example.com/a}\n';
  const wanting = `-- a/shop.yaml --\n${release('shop', 'shop', '{dependsOn: [{name: dev-db}]}')}`;
  const missing =
    'flux/missing-dependency HelmRelease "dev-db" is nowhere in this workspace. Declare it, unless something else brings it to the cluster.';
  const db = `-- b/db.yaml --\n${release('db', 'shop')}`;
  const cases: readonly (readonly [string, string, ...(readonly string[])])[] = [
    ['not at all', `${wanting}${db}`, missing],
    ['a prefix', `${wanting}${db}-- b/kustomization.yaml --\nnamePrefix: dev-\nresources: [db.yaml]\n`],
    [
      'a prefix of an overlay above',
      `${wanting}${db}-- b/kustomization.yaml --\nresources: [db.yaml]\n-- c/kustomization.yaml --\nnamePrefix: dev-\nresources: [../b]\n`,
    ],
    [
      'a prefix of a component',
      `${wanting}${db}-- b/kustomization.yaml --\nresources: [db.yaml]\ncomponents: [../c]\n-- c/kustomization.yaml --\napiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamePrefix: dev-\n`,
    ],
    ['another prefix does not help', `${wanting}${db}-- d/kustomization.yaml --\nnamePrefix: dev-\nresources: []\n`, missing],
    ['a prefix by Flux', `${declared}${wanting}${db}-- clusters/apps.yaml --\n${applied(`{path: ./b, namePrefix: dev-, ${source}}`)}`],
    [
      'a prefix by Flux elsewhere',
      `${declared}${wanting}${db}-- clusters/apps.yaml --\n${applied(`{path: ./a, namePrefix: dev-, ${source}}`)}`,
      missing,
    ],
    ['a variable', `${wanting}-- b/db.yaml --\n${release("'${env}-db'", 'shop')}`],
    ['a variable in another name', `${wanting}-- b/db.yaml --\n${release("'${env}-cache'", 'shop')}`, missing],
    [
      'another namespace',
      `${wanting}-- b/db.yaml --\n${release('dev-db', 'data')}`,
      'flux/missing-dependency HelmRelease "dev-db" is in namespace "data", not in "shop". Name it: `namespace: data`.',
    ],
    [
      'a namespace that is set',
      `${wanting}-- b/db.yaml --\n${release('dev-db', 'data')}-- b/kustomization.yaml --\nnamespace: shop\nresources: [db.yaml]\n`,
    ],
    [
      'a namespace of its own that is set',
      `${wanting}-- b/db.yaml --\n${release('dev-db', 'data')}-- a/kustomization.yaml --\nnamespace: data\nresources: [shop.yaml]\n`,
    ],
    [
      'what a ResourceSet makes',
      `${wanting}-- set.yaml --\napiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\nmetadata: {name: all}\n`,
    ],
    [
      'a patch makes nothing',
      `${wanting}-- b/db.yaml --\n${release('dev-db', 'shop')}-- b/kustomization.yaml --\npatches: [{path: db.yaml}]\n`,
      missing,
    ],
    [
      "a chart's source is in its own namespace",
      `-- c.yaml --\napiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmChart\nmetadata: {name: c, namespace: shop}\nspec: {sourceRef: {kind: GitRepository, name: g}}\n---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: g, namespace: other}\n`,
      'flux/missing-source GitRepository "g" is in namespace "other", not in "shop". A HelmChart takes its source from its own namespace only.',
    ],
  ];
  for (const [name, archive, ...expected] of cases) {
    test(name, async () => {
      await using opened = await openSession(archive);
      assert.deepEqual(findingsOf(opened.session), expected);
    });
  }
});

const repositories = [
  { folder: path.join(root, 'samples'), leadingNowhere: [] },
  // Bootstrap makes it.
  { folder: path.join(corpus, 'flux2-kustomize-helm-example'), leadingNowhere: ['GitRepository flux-system/flux-system'] },
];
for (const { folder, leadingNowhere } of repositories) {
  const skip = existsSync(folder) ? false : 'it is not there';
  test(`${path.basename(folder)}: no findings, and all sources and dependencies lead somewhere`, { skip }, async () => {
    await using opened = await sessionOn(folder);
    const { graph } = opened.session.view;
    assert.deepEqual(findingsOf(opened.session), []);
    const references = [...filesOf(graph.snapshot)].flatMap((file) =>
      graph.referencesFrom(file).flatMap(({ field, target }) => (target.kind === 'object' ? [{ file, field, target }] : [])),
    );
    const wanted = references.filter(({ field }) => /dependsOn|sourceRef|chartRef|spec\.sources/i.test(field));
    assert.ok(wanted.length > 10);
    const lost = wanted.filter(({ file, target }) => !objectTarget(graph, file, target));
    assert.deepEqual([...new Set(lost.map(({ target }) => `${target.objectKind} ${target.namespace}/${target.name}`))], leadingNowhere);
  });
}
