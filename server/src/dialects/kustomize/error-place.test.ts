// Each error is kustomize's own: a repository is rendered, then the place is looked at where its error is put.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { errorPlace } from './error-place.ts';
import { openSession } from '../../../../test/fixture/session.ts';

const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec: {}\n';
const base = `-- base/kustomization.yaml --\nresources:\n  - deployment.yaml\n-- base/deployment.yaml --\n${deployment}`;

/** What kustomize refuses in `app/`, the words that it does it with, and where the finding is put: `file:line <text>`. */
const cases: Readonly<Record<string, readonly [repository: string, words: RegExp, place: string]>> = {
  'a missing file': [
    '-- app/kustomization.yaml --\nresources:\n  - "here.yaml"\n  - gone.yaml\n-- app/here.yaml --\n' + deployment,
    /gone\.yaml: no such file/,
    'app/kustomization.yaml:3 <gone.yaml>',
  ],
  'a missing folder': [
    '-- app/kustomization.yaml --\nresources:\n  - ../gone\n',
    /gone: no such file/,
    'app/kustomization.yaml:2 <../gone>',
  ],
  'a folder without a kustomization': [
    '-- app/kustomization.yaml --\nresources:\n  - ./plain\n-- app/plain/a.txt --\n',
    /unable to find one of/,
    'app/kustomization.yaml:2 <./plain>',
  ],
  'a missing file of a base': [
    '-- app/kustomization.yaml --\nresources: [../base]\n-- base/kustomization.yaml --\nresources:\n  - gone.yaml\n',
    /recursed accumulation of path/,
    'base/kustomization.yaml:2 <gone.yaml>',
  ],
  'a file that is no YAML': [
    '-- app/kustomization.yaml --\nresources: [a.yaml]\n-- app/a.yaml --\na: 1\nb:\n\t- 1\n',
    /MalformedYAMLError: yaml: line 3/,
    'app/a.yaml:3 <- 1>',
  ],
  'a second document that is no YAML': [
    `-- app/kustomization.yaml --\nresources: [a.yaml]\n-- app/a.yaml --\n${deployment}---\na:\n\tb: 1\n`,
    /MalformedYAMLError: yaml: line 2/,
    'app/a.yaml:8 <b: 1>',
  ],
  'a kustomization that is no YAML': [
    '-- app/kustomization.yaml --\nresources:\n\t- a\n',
    /invalid Kustomization: yaml: line 2/,
    'app/kustomization.yaml:2 <- a>',
  ],
  'a field that kustomizations do not have': [
    '-- app/kustomization.yaml --\nresources: []\nresource: []\n',
    /unknown field "resource"/,
    'app/kustomization.yaml:2 <resource>',
  ],
  'a field of the wrong type': [
    '-- app/kustomization.yaml --\nnamespace: x\nresources: a.yaml\n',
    /Kustomization\.resources of type/,
    'app/kustomization.yaml:2 <resources>',
  ],
  'a wrong type deep inside': [
    '-- app/kustomization.yaml --\nnamespace: x\nconfigMapGenerator:\n  - literals: a\n',
    /KvPairSources\.literals of type/,
    'app/kustomization.yaml:2 <configMapGenerator>',
  ],
  'a resource without a name': [
    '-- app/kustomization.yaml --\nresources:\n  - a.yaml\n-- app/a.yaml --\napiVersion: v1\nkind: ConfigMap\n',
    /missing metadata\.name/,
    'app/a.yaml:2 <kind>',
  ],
  'two resources of one name': [
    `-- app/kustomization.yaml --\nresources:\n  - a.yaml\n  - b.yaml\n-- app/a.yaml --\n${deployment}-- app/b.yaml --\n${deployment}`,
    /already registered id/,
    'app/kustomization.yaml:3 <b.yaml>',
  ],
  'a patch that matches nothing': [
    `${base}-- app/kustomization.yaml --\nresources: [../base]\npatches:\n  - path: right.yaml\n  - path: wrong.yaml\n-- app/right.yaml --\n${deployment}-- app/wrong.yaml --\n${deployment.replace('web', 'webb')}`,
    /no matches for Id Deployment/,
    'app/wrong.yaml:4 <webb>',
  ],
  'an inline patch that matches nothing': [
    `${base}-- app/kustomization.yaml --\nresources: [../base]\npatches:\n  - patch: |\n${deployment.replace(/^/gm, '      ').replace('web', 'webb')}\n`,
    /no matches for Id Deployment/,
    'app/kustomization.yaml:3 <patch>',
  ],
  'a patch of a base that matches nothing': [
    `${base}-- middle/kustomization.yaml --\nresources: [../base]\npatches: [{path: patch.yaml}]\n-- middle/patch.yaml --\n${deployment.replace('web', 'webb')}-- app/kustomization.yaml --\nresources: [../middle]\n`,
    /no matches for Id Deployment/,
    'middle/patch.yaml:4 <webb>',
  ],
  'a missing patch': [
    `${base}-- app/kustomization.yaml --\nresources: [../base]\npatches:\n  - path: gone.yaml\n`,
    /failed to get the patch file/,
    'app/kustomization.yaml:3 <gone.yaml>',
  ],
  'a patch that is none': [
    `${base}-- app/kustomization.yaml --\nresources: [../base]\npatches:\n  - path: patch.yaml\n-- app/patch.yaml --\nhello\n`,
    /unable to parse SM or JSON patch/,
    'app/kustomization.yaml:3 <patch.yaml>',
  ],
  'a JSON patch that does not apply': [
    `${base}-- app/kustomization.yaml --\nresources: [../base]\npatches:\n  - target: {kind: Deployment}\n    path: patch.yaml\n-- app/patch.yaml --\n- {op: remove, path: /spec/gone}\n`,
    /error in remove for path/,
    'app/patch.yaml:1 </spec/gone>',
  ],
  'a missing file of a generator': [
    '-- app/kustomization.yaml --\nconfigMapGenerator:\n  - name: a\n    files:\n      - here.txt\n      - key=gone.txt\n-- app/here.txt --\n',
    /loading KV pairs: file sources/,
    'app/kustomization.yaml:5 <key=gone.txt>',
  ],
  'a literal without a value': [
    '-- app/kustomization.yaml --\nconfigMapGenerator:\n  - name: a\n    literals: [a]\n',
    /invalid literal source/,
    'app/kustomization.yaml:1 <configMapGenerator>',
  ],
  'a cycle': [
    '-- app/kustomization.yaml --\nresources:\n  - ../other\n-- other/kustomization.yaml --\nresources:\n  - ../app\n',
    /cycle detected/,
    'other/kustomization.yaml:2 <../app>',
  ],
  'a missing component': [
    `${base}-- app/kustomization.yaml --\nresources: [../base]\ncomponents:\n  - ../gone\n`,
    /accumulating components/,
    'app/kustomization.yaml:3 <../gone>',
  ],
  'a component that is none, and a resource as well': [
    `${base}-- app/kustomization.yaml --\nresources: [../base]\ncomponents:\n  - ../base\n`,
    /expected kind 'Component'/,
    'app/kustomization.yaml:3 <../base>',
  ],
  'a replacement without a source': [
    `${base}-- app/kustomization.yaml --\nresources: [../base]\nreplacements:\n  - source: {kind: ConfigMap, name: gone}\n    targets: [{select: {kind: Deployment}, fieldPaths: [spec.a]}]\n`,
    /nothing selected by ConfigMap/,
    'app/kustomization.yaml:3 <gone>',
  ],
  'a file outside of the folder': [
    `-- app/kustomization.yaml --\nresources:\n  - ../outside.yaml\n-- outside.yaml --\n${deployment}`,
    /security; file/,
    'app/kustomization.yaml:2 <../outside.yaml>',
  ],
  'a remote resource': [
    `${base}-- app/kustomization.yaml --\nresources:\n  - ../base\n  - https://example.com/a.yaml\n`,
    /not fetched: /,
    'app/kustomization.yaml:3 <https://example.com/a.yaml>',
  ],
  'a remote resource of a base': [
    `-- base/kustomization.yaml --\nresources:\n  - https://example.com/a.yaml\n-- app/kustomization.yaml --\nresources:\n  - ../base\n`,
    /not fetched: /,
    'base/kustomization.yaml:2 <https://example.com/a.yaml>',
  ],
  'an unknown transformer': [
    `${base}-- app/kustomization.yaml --\nresources: [../base]\ntransformers:\n  - a.yaml\n-- app/a.yaml --\napiVersion: builtin\nkind: GoneTransformer\nmetadata: {name: a}\n`,
    /unable to load builtin/,
    'app/kustomization.yaml:2 <transformers>',
  ],
  'a number of replicas for nothing': [
    `${base}-- app/kustomization.yaml --\nresources: [../base]\nreplicas:\n  - {name: gone, count: 2}\n`,
    /resource with name gone does not match/,
    'app/kustomization.yaml:3 <gone>',
  ],
  'a variable for nothing': [
    `${base}-- app/kustomization.yaml --\nresources: [../base]\nvars:\n  - {name: A, objref: {kind: Gone, name: a, apiVersion: v1}}\n`,
    /^var '/,
    'app/kustomization.yaml:2 <vars>',
  ],
  'a chart': [
    `${base}-- app/kustomization.yaml --\nresources: [../base]\nhelmCharts:\n  - {name: a, repo: "https://example.com"}\n`,
    /must specify --enable-helm/,
    'app/kustomization.yaml:2 <helmCharts>',
  ],
  'two kustomizations in a folder': [
    '-- app/kustomization.yaml --\n# one\nnamespace: a\n-- app/kustomization.yml --\nnamespace: b\n',
    /multiple kustomization files/,
    'app/kustomization.yaml:2 <namespace: a>',
  ],
  'an empty kustomization': ['-- app/kustomization.yaml --\n# nothing yet\n', /is empty/, 'app/kustomization.yaml:1 <# nothing yet>'],
};

describe("kustomize's errors are put where they come from", () => {
  for (const [name, [repository, words, place]] of Object.entries(cases)) {
    test(name, async () => {
      await using opened = await openSession(repository);
      const { root } = opened.fixture;
      const { rendering, view } = opened.session;
      assert.ok(rendering.kind === 'on');
      const outcome = await rendering.renders.render({ kind: 'kustomization', directory: `${root}/app` }, new AbortController().signal);
      assert.match(outcome?.failure ?? 'it renders', words);
      const found = errorPlace(view.graph, `${root}/app`, outcome?.failure ?? '');
      assert.ok(found);
      const { file, range } = found;
      assert.equal(`${file.path.slice(root.length + 1)}:${range.start.line + 1} <${file.lines.getText(range)}>`, place);
    });
  }
});

test('words that nobody knows are put at the first line of the kustomization that says something', async () => {
  await using opened = await openSession('-- app/kustomization.yaml --\n# licence\n---\nresources: []\n');
  const found = errorPlace(opened.session.view.graph, `${opened.fixture.root}/app`, 'something new');
  assert.equal(found?.range.start.line, 2);
  assert.equal(errorPlace(opened.session.view.graph, `${opened.fixture.root}/elsewhere`, 'something new'), undefined);
});
