import assert from 'node:assert/strict';
import { test } from 'node:test';
import { references } from './references.ts';
import { sourceFile } from '../../workspace/source-file.ts';

const kustomization = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  path: ./apps/dev
  sourceRef:
    kind: GitRepository
    name: fleet
`;

function all(text: string) {
  const file = sourceFile('/repo/clusters/dev/apps.yaml', text);
  return file.documents.flatMap((placed) =>
    references(file, placed).map(({ field, text: written, target }) => ({ field, text: written, target })),
  );
}

/** The references into repositories. */
function found(text: string) {
  return all(text).filter(({ target }) => target.kind !== 'object');
}

/** The objects that are named, as `field -> group/kind namespace/name`. */
function named(apiVersion: string, kind: string, spec: string): string[] {
  return all(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a, namespace: own}\nspec: ${spec}\n`).flatMap(
    ({ field, target }) =>
      target.kind === 'object' ? [`${field} -> ${target.group}/${target.objectKind} ${target.namespace}/${target.name}`] : [],
  );
}

const repository = {
  kind: 'object',
  group: 'source.toolkit.fluxcd.io',
  objectKind: 'GitRepository',
  namespace: 'flux-system',
  name: 'fleet',
};

test('the path of a Kustomization is meant in the repository of its source', () => {
  assert.deepEqual(found(kustomization), [
    { field: 'spec.path', text: './apps/dev', target: { kind: 'repositoryPath', path: './apps/dev', repository } },
  ]);
});

test('a source may have a namespace of its own', () => {
  const [reference] = found(`${kustomization}    namespace: sources\n`);
  assert.deepEqual(reference?.target, { kind: 'repositoryPath', path: './apps/dev', repository: { ...repository, namespace: 'sources' } });
});

test('each document has its own', () => {
  assert.equal(found(`${kustomization}---\n${kustomization}`).length, 2);
});

test('paths in buckets and artifacts, paths that Flux fills in later, and missing paths lead nowhere', () => {
  assert.deepEqual(found(kustomization.replace('GitRepository', 'OCIRepository')), []);
  assert.deepEqual(found(kustomization.replace('GitRepository', 'Bucket')), []);
  assert.deepEqual(found(kustomization.replace('/dev', '/${environment}')), []);
  assert.deepEqual(found(kustomization.replace('/dev', '/${environment:=dev}')), []);
  assert.deepEqual(found(kustomization.replace('  path: ./apps/dev\n', '')), []);
});

test("kustomize's own Kustomization is another thing", () => {
  assert.deepEqual(found(kustomization.replace('kustomize.toolkit.fluxcd.io/v1', 'kustomize.config.k8s.io/v1beta1')), []);
});

test('fields of the wrong shape lead nowhere', () => {
  for (const text of [
    'spec: []',
    'spec: {path: [], sourceRef: a}',
    'spec: {path: a, sourceRef: []}',
    'spec: {path: a, sourceRef: {kind: [GitRepository]}}',
    'spec: [',
  ]) {
    assert.deepEqual(found(`apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n${text}\n`), [], text);
  }
});

const flux = 'toolkit.fluxcd.io';

test('a Kustomization names what it depends on, its source, and what it takes values from', () => {
  const spec =
    '{dependsOn: [{name: b}, {name: c, namespace: other}], sourceRef: {kind: OCIRepository, name: o}, decryption: {secretRef: {name: keys}}, ' +
    'postBuild: {substituteFrom: [{kind: ConfigMap, name: settings}, {kind: Secret, name: hidden}]}, ' +
    'healthChecks: [{apiVersion: apps/v1, kind: Deployment, name: shop, namespace: shop}]}';
  assert.deepEqual(named(`kustomize.${flux}/v1`, 'Kustomization', spec), [
    `spec.dependsOn[0].name -> kustomize.${flux}/Kustomization own/b`,
    `spec.dependsOn[1].name -> kustomize.${flux}/Kustomization other/c`,
    `spec.sourceRef.name -> source.${flux}/OCIRepository own/o`,
    'spec.postBuild.substituteFrom[0].name -> /ConfigMap own/settings',
    'spec.postBuild.substituteFrom[1].name -> /Secret own/hidden',
    'spec.healthChecks[0].name -> apps/Deployment shop/shop',
    'spec.decryption.secretRef.name -> /Secret own/keys',
  ]);
});

test('a HelmRelease names its chart, its source, what it depends on and its values', () => {
  const spec =
    '{dependsOn: [{name: b}], chart: {spec: {chart: x, sourceRef: {kind: HelmRepository, name: h}}}, ' +
    'chartRef: {kind: HelmChart, name: i, namespace: other}, valuesFrom: [{kind: ConfigMap, name: v}]}';
  assert.deepEqual(named(`helm.${flux}/v2`, 'HelmRelease', spec), [
    `spec.dependsOn[0].name -> helm.${flux}/HelmRelease own/b`,
    `spec.chart.spec.sourceRef.name -> source.${flux}/HelmRepository own/h`,
    `spec.chartRef.name -> source.${flux}/HelmChart other/i`,
    'spec.valuesFrom[0].name -> /ConfigMap own/v',
  ]);
});

test('sources, image automation and notifications name objects too', () => {
  const generator = named(
    `source.extensions.fluxcd.io/v1beta1`,
    'ArtifactGenerator',
    '{sources: [{alias: x, kind: GitRepository, name: g}]}',
  );
  assert.deepEqual(generator, [`spec.sources[0].name -> source.${flux}/GitRepository own/g`]);
  assert.deepEqual(named(`source.${flux}/v1`, 'GitRepository', '{include: [{repository: {name: g}}]}'), [
    `spec.include[0].repository.name -> source.${flux}/GitRepository own/g`,
  ]);
  assert.deepEqual(named(`image.${flux}/v1`, 'ImagePolicy', '{imageRepositoryRef: {name: i}}'), [
    `spec.imageRepositoryRef.name -> image.${flux}/ImageRepository own/i`,
  ]);
  const alert = "{providerRef: {name: p}, eventSources: [{kind: HelmRelease, name: h}, {kind: Kustomization, name: '*'}]}";
  assert.deepEqual(named(`notification.${flux}/v1beta3`, 'Alert', alert), [
    `spec.providerRef.name -> notification.${flux}/Provider own/p`,
    `spec.eventSources[0].name -> helm.${flux}/HelmRelease own/h`,
  ]);
});

test('names that are filled in later, kinds that nobody knows, and fields of the wrong shape name nothing', () => {
  for (const spec of [
    "{dependsOn: [{name: 'a-${b}'}, {name: a, namespace: '${c}'}, a, [b], null, {name: []}, {name: ''}]}",
    '{sourceRef: {kind: Unknown, name: a}}',
    '{sourceRef: {name: a}}',
    '{sourceRef: [], dependsOn: {name: a}}',
    '[',
  ]) {
    assert.deepEqual(named(`kustomize.${flux}/v1`, 'Kustomization', spec), [], spec);
  }
});
