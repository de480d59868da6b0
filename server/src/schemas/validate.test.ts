import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSchemaService } from './service.ts';
import { check, kustomization, pool, service, typed } from './pool-in-test.ts';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
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
          image: shop:1.0
`;

const fluxKustomization = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
spec:
  interval: 1h
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`;

test('right documents have no findings', async () => {
  assert.deepEqual(await check(typed(deployment)), []);
  assert.deepEqual(await check(typed(fluxKustomization)), []);
  assert.deepEqual(await check(kustomization('resources:\n  - shop.yaml\n')), []);
});

test('an unknown field is an error, with the field that was probably meant', async () => {
  assert.deepEqual(await check(typed(deployment.replace('spec:\n  selector', 'spec:\n  replica: 2\n  selector'))), [
    'error unknown-field <replica> `replica` is not a field of `spec`. Did you mean `replicas`?',
  ]);
  assert.deepEqual(await check(kustomization('configMapGenerator:\n- name: a\n  literal: [a=b]\n')), [
    'error unknown-field <literal> `literal` is not a field of item 1 of `configMapGenerator`. Did you mean `literals`?',
  ]);
});

test('what is missing is said at the object that lacks it', async () => {
  assert.deepEqual(await check(typed(fluxKustomization.replace('  interval: 1h\n', ''))), [
    'error missing-field <spec> `spec` needs `interval`, which is missing.',
  ]);
  assert.deepEqual(await check(typed(fluxKustomization.replace('1h', ''))), ['error missing-field <interval> `interval` needs a value.']);
  assert.deepEqual(await check(typed(deployment.replace('- name: shop\n          image', '- image'))), [
    'error missing-field <image> Item 1 of `containers` needs `name`, which is missing.',
  ]);
  assert.deepEqual(await check(typed('apiVersion: v1\nkind: ConfigMap\n')), [
    'error missing-field <kind> ConfigMap needs `metadata`, which is missing.',
  ]);
});

test('a kustomization may add what a manifest lacks, and a patch lacks nearly everything', async () => {
  const withoutInterval = fluxKustomization.replace('  interval: 1h\n', '');
  assert.deepEqual(await check(typed(withoutInterval, 'kustomized')), [
    'warning missing-field <spec> `spec` needs `interval`, which is missing unless a kustomization adds it.',
  ]);
  assert.deepEqual(await check(typed(deployment.replace(/ {2}selector:\n.*\n.*\n/, ''), 'kustomized')), []);
  assert.deepEqual(
    await check(typed('apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  $patch: replace\n  replicas: 2\n', 'patch')),
    [],
  );
});

test('fields with a default on the server may be missing, whatever the types say', async () => {
  const binding = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: a\nroleRef:\n  kind: Role\n  name: a\n';
  assert.deepEqual(await check(typed(binding)), []);
});

test('a wrong type says how to write the right one', async () => {
  const withReplicas = (value: string): string => deployment.replace('spec:\n  selector', `spec:\n  replicas: ${value}\n  selector`);
  assert.deepEqual(await check(typed(withReplicas('"3"'))), [
    'error wrong-type <"3"> `replicas` must be a whole number, but in quotes it is text. Write `3`.',
  ]);
  assert.deepEqual(await check(typed(withReplicas('many'))), ['error wrong-type <many> `replicas` must be a whole number, not `many`.']);
  assert.deepEqual(await check(typed(withReplicas('[3]'))), ['error wrong-type <[3]> `replicas` must be a whole number, not a list.']);
  assert.deepEqual(await check(kustomization('resources:\n  a: b\n')), [
    'error wrong-type <a: b> `resources` must be a list (`- item`), not a mapping.',
  ]);
  assert.deepEqual(await check(typed('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  port: 8080\n')), [
    'error wrong-type <8080> `port` must be text, but YAML reads `8080` as a number. Put it in quotes: `"8080"`.',
  ]);
});

test('a secret value is never shown', async () => {
  const masked = (field: string): string =>
    `\`${field}\` must be text, but YAML reads \`********\` as a number. Put it in quotes: \`"********"\`.`;
  const secret = typed('apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\nstringData:\n  pin: 4711\n');
  assert.deepEqual(
    (await service.validate(secret)).map(({ message, replacement }) => [message, replacement]),
    [[masked('pin'), undefined]],
  );
  const generator = kustomization('secretGenerator:\n  - name: a\n    literals: [4711]\n');
  assert.doesNotMatch((await service.validate(generator)).map(({ message }) => message).join(), /4711/);
});

test('a value that is not accepted comes with those that are', async () => {
  assert.deepEqual(await check(typed(fluxKustomization.replace('kind: GitRepository', 'kind: GitRepo'))), [
    'error wrong-value <GitRepo> `kind` cannot be `GitRepo`. Did you mean `GitRepository`? It takes `OCIRepository`, `GitRepository`, `Bucket` or `ExternalArtifact`.',
  ]);
  assert.deepEqual(await check(typed(deployment.replace('image: shop:1.0', 'image: shop:1.0\n          imagePullPolicy: always'))), [
    'error wrong-value <always> `imagePullPolicy` cannot be `always`. Did you mean `Always`? It takes `Always`, `Never` or `IfNotPresent`.',
  ]);
});

test('patterns are said in words', async () => {
  assert.deepEqual(await check(typed(fluxKustomization.replace('1h', '10 minutes'))), [
    'error wrong-value <10 minutes> `interval` must be a duration such as `30s`, `10m` or `1h30m`, not `10 minutes`.',
  ]);
  assert.deepEqual(
    await check(typed(deployment.replace('image: shop:1.0', 'image: shop:1.0\n          resources: {limits: {memory: 512MB, cpu: 0.5}}'))),
    ['error wrong-value <512MB> `memory` must be a quantity such as `500m`, `1.5`, `128Mi` or `2G`, not `512MB`.'],
  );
});

test('nothing behind an optional field is as good as no field', async () => {
  assert.deepEqual(
    await check(
      typed(
        deployment.replace(
          '      containers:',
          '      volumes:\n        - name: tmp\n          emptyDir:\n      nodeSelector: null\n      containers:',
        ),
      ),
    ),
    [],
  );
  assert.deepEqual(await check(kustomization('resources:\nlabels:\n')), []);
});

test('what Flux substitutes is not held against its type', async () => {
  assert.deepEqual(await check(typed(fluxKustomization.replace('1h', '${interval}').replace('true', '${prune:=true}'))), []);
});

test('YAML 1.1 words for true and false are accepted where Kubernetes accepts them', async () => {
  assert.deepEqual(await check(typed(fluxKustomization.replace('true', 'yes'))), []);
});

test('legacy fields of kustomize are warnings that name the successor', async () => {
  assert.deepEqual(await check(kustomization('bases:\n  - ../base\n')), [
    'warning deprecated-field <bases> `bases` is deprecated. List the folders under `resources` instead.',
  ]);
});

test('a version that is not served any more names the one that is', async () => {
  assert.deepEqual(await check(typed('apiVersion: helm.toolkit.fluxcd.io/v2beta1\nkind: HelmRelease\nmetadata:\n  name: a\n')), [
    'warning unserved-version <helm.toolkit.fluxcd.io/v2beta1> Flux v2.9.5 has no HelmRelease in `helm.toolkit.fluxcd.io/v2beta1`. Use `helm.toolkit.fluxcd.io/v2`.',
  ]);
  assert.deepEqual(await check(typed('apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: a\n')), []);
});

test('broken YAML is said once, with what to do, and what stands before it is still checked', async () => {
  assert.deepEqual(await check(typed(fluxKustomization.replace('1h', 'often').replace('  prune', '\tprune'))), [
    'error wrong-value <often> `interval` must be a duration such as `30s`, `10m` or `1h30m`, not `often`.',
    'error yaml-syntax <\tprune: true> YAML is indented with spaces, not with tabs. Replace the tab with spaces.',
  ]);
  assert.deepEqual(await check(typed('a: b: c\n')), [
    'error yaml-syntax <b: c> A second `: ` in this line. Put the value in quotes, or begin the nested mapping on a new line.',
  ]);
  assert.deepEqual(await check(typed('a: "b\n')), ['error yaml-syntax <\n> This text has no closing quote.']);
  assert.deepEqual(await check(typed('"a"\nb: 2\nc: 3\n')), [
    'error yaml-syntax <b: 2> Unexpected text behind the value. Put the whole value in quotes.',
  ]);
  assert.deepEqual(await check(typed('a: *b\n')), ['error yaml-syntax <*b> No anchor `&b` stands before this alias.']);
});

test('a key that is there twice is said at the second', async () => {
  assert.deepEqual(await check(typed(fluxKustomization.replace('  prune: true', '  prune: true\n  prune: false'))), [
    'error duplicate-key <prune> `prune` is there twice. Remove one of the two.',
  ]);
});

test('alias bombs and endless aliases are refused at once', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x,x]',
    ...names.slice(1).map(
      (name, index) =>
        `${name}: &${name} [${Array(10)
          .fill(`*${names[index] ?? ''}`)
          .join(',')}]`,
    ),
  ].join('\n');
  for (const text of [`${bomb}\n`, 'a: &a [*a]\n', 'a: &a\n  b: *a\n']) {
    assert.deepEqual(
      (await service.validate(typed(text))).map(({ code }) => code),
      ['too-many-aliases'],
    );
  }
  assert.deepEqual(
    await check(typed('apiVersion: v1\nkind: ConfigMap\nmetadata: &m\n  name: a\n  labels: &l {a: b}\n  annotations: *l\n')),
    [],
  );
});

test('a schema that the document asks for is neither fetched nor mentioned', async () => {
  const wrong = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: 1\n';
  const expected = ['error wrong-type <1> `name` must be text, but YAML reads `1` as a number. Put it in quotes: `"1"`.'];
  assert.deepEqual(await check(typed(`# yaml-language-server: $schema=https://example.invalid/schema.json\n${wrong}`)), expected);
  assert.deepEqual(await check(typed(`$schema: https://example.invalid/schema.json\n${wrong}`)), expected);
});

test('odd documents are survived', async () => {
  for (const text of [
    '',
    '\n\n',
    '# only a comment\n',
    '[]',
    '"text"',
    '---\n',
    '\u0000\u0001',
    '%YAML 1.2\n---\na: 1\n',
    '? [a]\n: b\n',
    '\uFEFFa: 1\r\n',
  ]) {
    assert.ok(Array.isArray(await check(typed(text))), JSON.stringify(text));
    assert.ok(Array.isArray(await check(kustomization(text))), JSON.stringify(text));
  }
});

test('the same document is checked once', () => {
  const document = typed(deployment);
  assert.equal(service.validate(document), service.validate(document));
  assert.notEqual(service.validate(document), service.validate({ ...document, role: 'patch' }));
});

test("every kind's schema can be used", async () => {
  for (const { apiVersion, kind } of pool.kinds) {
    const findings = await check(typed(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  unknownField: 1\n`));
    if (pool.entryFor({ apiVersion, kind })?.project === 'kustomize') continue;
    assert.ok(
      findings.some((finding) => finding.startsWith('error unknown-field <unknownField>')),
      `${apiVersion} ${kind}: ${findings.join('; ')}`,
    );
  }
});

test('what SOPS adds to an object is taken away before it is applied', async () => {
  const encrypted = 'ENC[AES256_GCM,data:RkFLRQ==,iv:RkFLRQ==,tag:RkFLRQ==,type:str]';
  const secret = `apiVersion: v1\nkind: Secret\nmetadata:\n  name: keys\nstringData:\n  key: ${encrypted}\nimmutable: ${encrypted}\nsops:\n  mac: ${encrypted}\n  version: 3.11.0\n`;
  assert.deepEqual(await check(typed(secret)), []);
  assert.deepEqual(await check(typed('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  sops: {}\nsops: 1\n')), [
    'error unknown-field <sops> `sops` is not a field of `metadata`.',
    'error unknown-field <sops> `sops` is not a field of ConfigMap. It has `apiVersion`, `binaryData`, `data`, `immutable`, `kind` and `metadata`.',
  ]);
});

test('a document that would keep everything waiting is not checked, and says so', async () => {
  const numbers = Array.from({ length: 50_000 }, (_, index) => index);
  const tooLarge = 'This document has too many keys, items or aliases to be checked while you type. Its fields are not checked.';
  const documents = {
    'keys of one mapping': numbers.map((index) => `key${index}: ${index}`).join('\n'),
    'keys of one line': `{${numbers.map((index) => `key${index}: ${index}`).join(', ')}}`,
    aliases: `a: &a x\nlist:\n${numbers.map(() => '  - *a\n').join('')}`,
  };
  for (const text of Object.values(documents)) assert.deepEqual(await check(typed(text)), [`warning too-large <${text[0]}> ${tooLarge}`]);
});

test('deep nesting is a finding', async () => {
  const found = /^error yaml-syntax <[\s\S]*> Nested too deeply: what stands here and behind it is not checked\.$/;
  for (const text of [
    '- '.repeat(300_000),
    `a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`,
    `${'{a: '.repeat(10_000)}1${'}'.repeat(10_000)}`,
  ]) {
    assert.match((await check(typed(text)))[0] ?? '', found);
  }
});

test('a key that is nothing is said, and hides nothing elsewhere', async () => {
  const missing = 'The key is missing in front of the `:`.';
  for (const key of ['', 'null', '~']) {
    const [found] = await check(typed(`${deployment}  ${key}: value\n`));
    assert.equal(found?.slice(found.indexOf('> ') + 2), missing, key);
  }
  assert.deepEqual(await check(typed(deployment)), []);
});

test('services do not mix up their documents', async () => {
  const other = createSchemaService(pool);
  const broken = typed(deployment.replace('spec:', 'spce:'));
  const [mine, theirs] = await Promise.all([service.validate(typed(deployment)), other.validate(broken)]);
  assert.deepEqual(mine, []);
  assert.ok(theirs.length > 0);
});

test("a misspelt kind is found, another project's is not", async () => {
  assert.deepEqual(await check(typed('apiVersion: apps/v1\nkind: Deploymnt\nmetadata:\n  name: a\n')), [
    'error unknown-kind <Deploymnt> `apps/v1` has no kind `Deploymnt`. Did you mean `Deployment`?',
  ]);
  assert.deepEqual(await check(typed('apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata:\n  name: a\n')), []);
  assert.deepEqual(await check(typed('apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata:\n  name: a\n')), []);
});
