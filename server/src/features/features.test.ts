// Definition, hover, completion, code lenses, overlays and the tree: a small repository, the cursor at `$0`.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type OpenSession, openSession } from '../../../test/fixture/session.ts';
import { codeLenses } from './code-lens.ts';
import { completions } from './completion.ts';
import { definition } from './definition.ts';
import { findingsIn } from './findings.ts';
import { hover } from './hover.ts';
import { objectTree } from './object-tree.ts';
import { overlayChoices } from './overlays-of.ts';
import { pathOf } from '../workspace/paths.ts';
import { typedDocument } from './typed-document.ts';

const short = ({ fixture }: OpenSession, uri: string): string => pathOf(uri).slice(fixture.root.length + 1);

function cursor({ fixture, file }: OpenSession) {
  assert.ok(fixture.cursor);
  return { file: file(fixture.cursor.path.slice(fixture.root.length + 1)), offset: fixture.cursor.offset };
}

describe('a path leads to its file', () => {
  const shop =
    '-- base/kustomization.yaml --\nresources: []\n-- base/a.yaml --\na: 1\n-- plain/b.yaml --\nb: 1\n-- plain/a/c.yaml --\nc: 1\n';
  const remote = '-- .git/config --\n[remote "origin"]\n\turl = https://example.com/fleet\n';
  const application = (path: string, url = 'https://example.com/fleet'): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a}\nspec:\n  source:\n    repoURL: ${url}\n    path: ${path}\n`;
  const cases: readonly (readonly [string, string, ...(readonly string[])])[] = [
    ['a file', 'resources:\n  - ../base/$0a.yaml\n', '../base/a.yaml -> base/a.yaml'],
    ['the end of a path', 'resources:\n  - ../base/a.yaml$0\n', '../base/a.yaml -> base/a.yaml'],
    ['a folder: its kustomization', 'resources:\n  - ../ba$0se\n', '../base -> base/kustomization.yaml'],
    ['a folder without a kustomization: its first file', 'resources: [../pl$0ain]\n', '../plain -> plain/a/c.yaml'],
    ['quotes belong to the link', 'resources:\n  - "../ba$0se"\n', '"../base" -> base/kustomization.yaml'],
    ['what does not exist leads nowhere', 'resources:\n  - ../go$0ne\n'],
    ['a remote resource leads nowhere', 'resources:\n  - https://exam$0ple.com/a.yaml\n'],
    ['beside a path', 'resources:$0\n  - ../base\n'],
    ['in the second document', `a: 1\n---\n${application('ba$0se')}`, 'base -> base/kustomization.yaml'],
    ['a repository path that is elsewhere leads nowhere', application('ba$0se', 'https://example.com/other')],
  ];
  for (const [name, text, ...expected] of cases) {
    test(name, async () => {
      await using opened = await openSession(`${remote}${shop}-- app/kustomization.yaml --\n${text}`);
      const { file, offset } = cursor(opened);
      const found = definition(opened.session.view, file, offset);
      assert.deepEqual(
        found.map(({ origin, targetUri }) => `${file.lines.getText(origin)} -> ${short(opened, targetUri)}`),
        expected,
      );
    });
  }
});

describe('what a field means is shown on hover', () => {
  const deployment = (spec: string): string => `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n${spec}`;
  const cases: readonly (readonly [string, string, RegExp | undefined, string?])[] = [
    ['a field', deployment('  repl$0icas: 1\n'), /desired pods/, 'replicas'],
    ['its value', deployment('  replicas: $01\n'), /desired pods/, '1'],
    ['the kind', deployment('').replace('Deployment', 'Deploy$0ment'), /Deployment/, 'Deployment'],
    ['a field in the second document', `a: 1\n---\n${deployment('  repl$0icas: 1\n')}`, /desired pods/, 'replicas'],
    ['a field that does not exist', deployment('  replic$0os: 1\n'), undefined],
    ['a field named like a method', deployment('  construc$0tor: 1\n'), undefined],
    ['a kind without a schema', 'apiVersion: example.com/v1\nkind: Gone\nspec:\n  a$0: 1\n', undefined],
    ['a document without a kind', 'a$0: 1\n', undefined],
    ['nothing', '$0', undefined],
  ];
  for (const [name, text, expected, origin] of cases) {
    test(name, async () => {
      await using opened = await openSession(`-- a.yaml --\n${text}`);
      const { file, offset } = cursor(opened);
      const shown = hover(opened.session.schemas, file, offset);
      if (!expected) return assert.equal(shown, undefined);
      assert.match(shown?.markdown ?? '', expected);
      assert.equal(shown && file.lines.getText(shown.range), origin);
    });
  }
});

test('completions replace what is written, in the document that the cursor is in', async () => {
  await using opened = await openSession(
    '-- a.yaml --\na: 1\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  repl$0\n',
  );
  const { file, offset } = cursor(opened);
  const found = await completions(opened.session.view, opened.session.schemas, file, offset);
  const replicas = found.find(({ label }) => label === 'replicas');
  assert.deepEqual(replicas?.range.start, { line: 7, character: 2 });
  assert.equal(file.lines.getText(replicas.range), 'repl');
});

test('a kustomization has a lens at its first line that says something', async () => {
  await using opened = await openSession('-- app/kustomization.yaml --\n# licence\n---\nresources: []\n-- app/a.yaml --\na: 1\n');
  const [lens, ...others] = codeLenses(opened.file('app/kustomization.yaml'));
  assert.equal(lens?.range.start.line, 2);
  assert.deepEqual(lens.argument, { overlay: opened.file('app/kustomization.yaml').uri.replace('/kustomization.yaml', '') });
  assert.deepEqual(others, []);
  assert.deepEqual(codeLenses(opened.file('app/a.yaml')), []);
});

const fleet = `
-- apps.yaml --
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd}
---
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop}
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: fleet}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ignored}
-- apps/dev/kustomization.yaml --
resources: [../base]
-- apps/base/kustomization.yaml --
resources: []
`;

test('the tree groups objects by their tool, and lists the overlays', async () => {
  await using opened = await openSession(fleet);
  const tree = objectTree(opened.session.view, (path) => (path.endsWith('apps.yaml') ? 2 : 0));
  assert.deepEqual(
    tree.map(
      ({ label, problems, children }) => `${label} (${problems}): ${children.map(({ kind, label: name }) => `${kind} ${name}`).join(', ')}`,
    ),
    [
      'Argo CD (4): Application shop, AppProject shop',
      'Sources (2): GitRepository fleet',
      'Overlays (0): overlay apps/base, overlay apps/dev',
    ],
  );
  const ids = tree.flatMap(({ id, children }) => [id, ...children.map((child) => child.id)]);
  assert.equal(new Set(ids).size, ids.length);
  assert.equal(tree[0]?.children[1]?.location?.range.start.line, 6);
});

test('an empty repository has an empty tree', async () => {
  await using opened = await openSession('-- a.txt --\n');
  assert.deepEqual(
    objectTree(opened.session.view, () => 0),
    [],
  );
});

test('the overlays of a file are offered with their labels', async () => {
  await using opened = await openSession(fleet);
  const choices = overlayChoices(opened.session.view, `${opened.fixture.root}/apps/base/kustomization.yaml`);
  assert.deepEqual(
    choices.map(({ label, uri, kustomization }) => `${label} ${short(opened, uri)} ${short(opened, kustomization)}`),
    ['apps/base apps/base apps/base/kustomization.yaml', 'apps/dev apps/dev apps/dev/kustomization.yaml'],
  );
});

test('what kustomize makes of a file decides what it may lack', async () => {
  await using opened = await openSession(
    '-- kustomization.yaml --\nresources: [a.yaml]\npatches: [{path: b.yaml}]\n-- a.yaml --\na: 1\n-- b.yaml --\nb: 1\n-- c.yaml --\nc: 1\n',
  );
  const role = (name: string): string => {
    const file = opened.file(name);
    return typedDocument(opened.session.view, file, file.documents[0]!).role;
  };
  assert.deepEqual(['a.yaml', 'b.yaml', 'c.yaml'].map(role), ['kustomized', 'patch', 'applied']);
});

test('findings stand where their document stands; templates of charts have none, nor have checks that are left to others', async () => {
  const wrong = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nwrong: 1\n';
  await using opened = await openSession(
    `-- a.yaml --\n${wrong}---\n# empty\n---\n${wrong}-- chart/Chart.yaml --\nname: a\n-- chart/templates/sub/a.yaml --\n${wrong}{{ end }}\n-- templates/a.yaml --\n${wrong}`,
  );
  const { view, schemas } = opened.session;
  const lines = async (name: string, checks = { schemas }) =>
    (await findingsIn(view, opened.file(name), checks)).map(({ range }) => range.start.line);
  assert.deepEqual(await lines('a.yaml'), [3, 10]);
  assert.deepEqual(await lines('chart/templates/sub/a.yaml'), []);
  assert.deepEqual(await lines('templates/a.yaml'), [3]);
  assert.deepEqual(await findingsIn(view, opened.file('a.yaml'), { schemas: undefined }), []);
});
