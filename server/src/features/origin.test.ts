import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { builds, engineOnDisk } from '../../../test/fidelity/builds.ts';
import { type OpenSession, openSession } from '../../../test/fixture/session.ts';
import { type Engine, type RenderRequest, type Trace, plainTemplate } from '../engine/engine.ts';
import { relativeTo, uriOf } from '../workspace/paths.ts';
import { maskSecrets } from './mask-secrets.ts';
import { originText } from './origin-text.ts';
import { type Origin, originAt, renderedPlacesOf } from './origin.ts';

/** As many documents as any rendering here has. */
const all = Array.from({ length: 20 }, (_, index) => index);

const shop = `
-- base/kustomization.yaml --
resources: [deployment.yaml]
-- base/deployment.yaml --
apiVersion: v1
kind: Namespace
metadata:
  name: other
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
  labels: {app: shop}
spec:
  replicas: 1
  template:
    spec:
      containers:
        - name: shop
          image: registry.example/shop:1
          envFrom: [{configMapRef: {name: settings}}]
        - {name: proxy, image: "proxy:1"}
-- prod/kustomization.yaml --
resources: [../base]
namePrefix: prod-
images:
  - name: registry.example/shop
    newTag: "2.5"
patches:
  - path: replicas.yaml
  - patch: |-
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: shop
      spec:
        minReadySeconds: 7
  - target: {kind: Deployment}
    patch: |-
      - op: add
        path: /metadata/annotations
        value: {note: added}
configMapGenerator:
  - name: settings
    literals: [LEVEL=info]
secretGenerator:
  - name: secret
    literals:
      - PASSWORD=hunter2
-- prod/replicas.yaml --
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  replicas: 5
`;

const chart = `
-- chart/Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
-- chart/values.yaml --
replicas: 3
-- chart/templates/deployment.yaml --
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels:
    {{- include "web.labels" . | nindent 4 }}
spec:
  replicas: {{ .Values.replicas }}
-- chart/templates/names.yaml --
{{- define "web.labels" -}}
app: web
release: {{ .Release.Name }}
{{- end }}
`;

const inflated = `${chart}
-- inflated/kustomization.yaml --
helmGlobals: {chartHome: ..}
helmCharts:
  - name: chart
    valuesInline: {replicas: 4}
`;

const application = `
-- app.yaml --
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web}
spec:
  source:
    repoURL: https://host/fleet
    path: web
    kustomize: {namePrefix: a-, images: [web:1]}
-- web/kustomization.yaml --
resources: [pod.yaml]
-- web/pod.yaml --
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: web}]}
-- web/.argocd-source.yaml --
kustomize:
  images: ["web:7"]
`;

describe('where something rendered comes from', () => {
  let engine: Engine;
  before(async () => {
    engine = engineOnDisk(await builds.native());
  });
  after(() => engine.dispose());

  const render = async (opened: OpenSession, request: RenderRequest): Promise<{ yaml: string; trace: Trace }> => {
    engine.changed([opened.fixture.root]); // it has seen the folder that fixtures are in without this one
    const outcome = await engine.render(request, new AbortController().signal);
    assert.ok(outcome.kind === 'rendered' && outcome.trace, JSON.stringify(outcome));
    return { yaml: outcome.yaml, trace: outcome.trace };
  };
  const overlay = (opened: OpenSession): Promise<{ yaml: string; trace: Trace }> =>
    render(opened, {
      op: 'build',
      render: { directory: `${opened.fixture.root}/prod`, loadRestrictor: 'LoadRestrictionsRootOnly', trace: true },
    });
  const template = (opened: OpenSession): Promise<{ yaml: string; trace: Trace }> =>
    render(opened, {
      op: 'template',
      render: {
        ...plainTemplate(`${opened.fixture.root}/chart`),
        release: 'live',
        trace: true,
      },
    });

  /** The text at the place, its line, and the steps. */
  const told = (opened: OpenSession, origin: Origin | undefined): string => {
    if (!origin) return 'unknown';
    const steps = origin.chain.map(({ text }) => text).join(' > ');
    if (!origin.place) return `nowhere (${steps})`;
    const { path, range, exact } = origin.place;
    const file = opened.file(relativeTo(opened.fixture.root, path));
    const where = `${relativeTo(opened.fixture.root, path)}:${range.start.line + 1}`;
    return `${where} ${file.lines.getText(range)}${exact ? '' : ' (not exact)'} (${steps})`;
  };
  const ask = (opened: OpenSession, rendered: { yaml: string; trace: Trace }, shown: string, text: string, ahead = ''): string => {
    const from = shown.indexOf(text, shown.indexOf(ahead));
    assert.ok(from >= 0, `${text} is not in\n${shown}`);
    const name = (path: string): string => relativeTo(opened.fixture.root, path);
    return told(opened, originAt(opened.session.view, rendered, { text: shown, documents: all }, from + text.length, name));
  };

  const fields: readonly (readonly [name: string, text: string, expected: string])[] = [
    [
      'a field of the source, in its second document',
      'app: shop',
      'base/deployment.yaml:10 shop (resources[0] of base/kustomization.yaml)',
    ],
    [
      'a patch in a file',
      'replicas: 5',
      'prod/replicas.yaml:5 5 (resources[0] of base/kustomization.yaml > patches[0] of prod/kustomization.yaml)',
    ],
    ['a patch inside the kustomization', 'minReadySeconds: 7', 'prod/kustomization.yaml:14 7 (patches[1] of prod/kustomization.yaml)'],
    ['an operation of a JSON patch', 'note: added', 'prod/kustomization.yaml:19 added (patches[2] of prod/kustomization.yaml)'],
    [
      'an image',
      'image: registry.example/shop:2.5',
      'prod/kustomization.yaml:5 "2.5" (resources[0] of base/kustomization.yaml > images[0] of prod/kustomization.yaml)',
    ],
    ['another image, in the same list', 'image: proxy:1', 'base/deployment.yaml:19 "proxy:1" (resources[0] of base/kustomization.yaml)'],
    [
      'a name',
      'name: prod-shop',
      'prod/kustomization.yaml:2 prod- (resources[0] of base/kustomization.yaml > namePrefix of prod/kustomization.yaml)',
    ],
    ['a literal', 'LEVEL: info', 'prod/kustomization.yaml:22 LEVEL=info (configMapGenerator[0] of prod/kustomization.yaml)'],
    [
      'a key has the origin of its value',
      'replicas',
      'prod/replicas.yaml:5 5 (resources[0] of base/kustomization.yaml > patches[0] of prod/kustomization.yaml)',
    ],
    [
      'the kind of a generated object',
      'kind: ConfigMap',
      'prod/kustomization.yaml:20 configMapGenerator (configMapGenerator[0] of prod/kustomization.yaml)',
    ],
    ['what kustomize itself wrote', 'type: Opaque', 'nowhere (secretGenerator[0] of prod/kustomization.yaml)'],
  ];
  for (const [name, text, expected] of fields) {
    it(name, async () => {
      await using opened = await openSession(shop);
      const rendered = await overlay(opened);
      assert.equal(ask(opened, rendered, `# prod: 3 resources\n${rendered.yaml}`, text), expected);
    });
  }

  it('finds the source of a masked value', async () => {
    await using opened = await openSession(shop);
    const rendered = await overlay(opened);
    const shown = `# prod\n${maskSecrets(rendered.yaml, [])}`;
    assert.equal(
      ask(opened, rendered, shown, 'PASSWORD: "*'),
      'prod/kustomization.yaml:26 PASSWORD=hunter2 (secretGenerator[0] of prod/kustomization.yaml)',
    );
  });

  it('tells that a reference follows a name', async () => {
    await using opened = await openSession(shop);
    const rendered = await overlay(opened);
    assert.match(
      ask(opened, rendered, rendered.yaml, 'name: prod-settings', 'configMapRef'),
      /hash of the content > follows the name of what it refers to\)$/,
    );
  });

  it('says when the file has changed since', async () => {
    await using opened = await openSession(shop);
    const rendered = await overlay(opened);
    const path = `${opened.fixture.root}/prod/replicas.yaml`;
    opened.session.setBuffer(path, 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  replicas: 80\n');
    assert.match(ask(opened, rendered, rendered.yaml, 'replicas: 5'), / \(not exact\) /);
  });

  it('leads back from the source to what is made of it', async () => {
    await using opened = await openSession(shop);
    const rendered = await overlay(opened);
    const lines = TextDocument.create('', 'yaml', 0, rendered.yaml);
    const places = (name: string, text: string): string[] => {
      const file = opened.file(name);
      return renderedPlacesOf(opened.session.view, rendered, file.path, file.text.indexOf(text)).map((range) => lines.getText(range));
    };
    assert.deepEqual(places('base/deployment.yaml', 'registry.example'), ['registry.example/shop:2.5']);
    assert.deepEqual(places('prod/kustomization.yaml', '7\n'), ['7']);
    assert.deepEqual(places('prod/kustomization.yaml', '2.5'), ['registry.example/shop:2.5']);
    assert.deepEqual(places('base/deployment.yaml', 'proxy:1'), ['proxy:1']);
  });

  it('tells the line of a template, the one that included it, and the values', async () => {
    await using opened = await openSession(chart);
    const rendered = await template(opened);
    assert.equal(
      ask(opened, rendered, rendered.yaml, 'kind: Deployment'),
      'chart/templates/deployment.yaml:2 kind: Deployment (chart/templates/deployment.yaml:2)',
    );
    assert.equal(
      ask(opened, rendered, rendered.yaml, 'release: live'),
      'chart/templates/names.yaml:3 release: {{ .Release.Name }} ' +
        '(action at chart/templates/deployment.yaml:6 > action at chart/templates/names.yaml:3 ("web.labels"))',
    );
    const name = (path: string): string => relativeTo(opened.fixture.root, path);
    const offset = rendered.yaml.indexOf('replicas: 3') + 2;
    assert.deepEqual(originAt(opened.session.view, rendered, { text: rendered.yaml, documents: all }, offset, name)?.values, ['replicas']);
  });

  it('tells the line of a template of a chart that a kustomization inflates', async () => {
    await using opened = await openSession(inflated);
    const { root } = opened.fixture;
    const rendered = await render(opened, {
      op: 'build',
      render: { directory: `${root}/inflated`, loadRestrictor: 'LoadRestrictionsNone', enableHelm: true, trace: true },
    });
    assert.equal(
      ask(opened, rendered, rendered.yaml, 'replicas: 4'),
      'chart/templates/deployment.yaml:8 replicas: {{ .Values.replicas }} ' +
        '(helmCharts[0] of inflated/kustomization.yaml > action at chart/templates/deployment.yaml:8)',
    );
    const name = (path: string): string => relativeTo(root, path);
    const offset = rendered.yaml.indexOf('replicas: 4') + 2;
    const origin = originAt(opened.session.view, rendered, { text: rendered.yaml, documents: all }, offset, name);
    assert.deepEqual(originText(origin, [], name).split('\n'), [
      `From [chart/templates/deployment.yaml:8](${uriOf(`${root}/chart/templates/deployment.yaml`)}#L8)`,
      '',
      `1. helmCharts\\[0\\] of inflated/kustomization.yaml: [inflated/kustomization.yaml:3](${uriOf(`${root}/inflated/kustomization.yaml`)}#L3)`,
      '2. action at chart/templates/deployment.yaml:8',
      '',
      '- `.Values.replicas`',
    ]);
  });

  it('tells the file beside an Application’s source that gives an option', async () => {
    await using opened = await openSession(application);
    const { root } = opened.fixture;
    const rendered = await render(opened, {
      op: 'application',
      render: {
        object: opened.file('app.yaml').text,
        objectFile: { path: `${root}/app.yaml`, line: 1 },
        sources: [{ root, revision: '' }],
        controllerNamespace: '',
        kubeVersion: '',
        apiVersions: [],
        loadRestrictor: 'LoadRestrictionsRootOnly',
        tracking: { method: 'label', label: 'instance', installationID: '' },
        trace: true,
      },
    });
    const askFor = (text: string): string => ask(opened, rendered, rendered.yaml, text);
    const resource = 'resources[0] of web/kustomization.yaml';
    assert.equal(
      askFor('image: web:7'),
      `web/.argocd-source.yaml:2 "web:7" (${resource} > kustomize.images[0] of web/.argocd-source.yaml)`,
    );
    assert.equal(askFor('name: a-web'), `app.yaml:8 a- (${resource} > spec.source.kustomize.namePrefix)`);
    assert.equal(askFor('instance: web'), 'app.yaml:3 web (Argo CD marks it as the Application’s)');
  });

  it('leads back from the line of a template', async () => {
    await using opened = await openSession(chart);
    const rendered = await template(opened);
    const lines = TextDocument.create('', 'yaml', 0, rendered.yaml);
    const file = opened.file('chart/templates/deployment.yaml');
    const from = (text: string): string[] =>
      renderedPlacesOf(opened.session.view, rendered, file.path, file.text.indexOf(text)).map((range) => lines.getText(range));
    assert.deepEqual(from('replicas:'), ['replicas: 3']);
    assert.deepEqual(from('include'), ['app: web', 'release: live']);
  });
});
