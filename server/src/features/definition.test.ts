import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openSession } from '../../../test/fixture/session.ts';
import { definition } from './definition.ts';

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
      const { file, offset } = opened.cursor();
      const found = definition(opened.session.view, file, offset);
      assert.deepEqual(
        found.map(({ origin, targetUri }) => `${file.lines.getText(origin)} -> ${opened.name(targetUri)}`),
        expected,
      );
    });
  }
});

describe("an object's name leads to where it is written", () => {
  const flux = 'toolkit.fluxcd.io';
  const kustomization = (name: string, spec = '{}', namespace = 'flux-system'): string =>
    `apiVersion: kustomize.${flux}/v1\nkind: Kustomization\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: ${spec}\n`;
  const infra = `-- dev/infra.yaml --\n# first\n${kustomization('infra')}-- live/infra.yaml --\n${kustomization('infra')}`;
  const project = '-- argocd/shop.yaml --\napiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: shop, namespace: argocd}\n';
  const generator =
    '-- made.yaml --\napiVersion: source.extensions.fluxcd.io/v1beta1\nkind: ArtifactGenerator\nmetadata: {name: g, namespace: flux-system}\nspec: {artifacts: [{name: parts}]}\n';
  const settings = '-- live/kustomization.yaml --\nconfigMapGenerator: [{name: settings}]\npatches: [{path: patch.yaml}]\n';
  const patch = `-- live/patch.yaml --\n${kustomization('base')}-- base/base.yaml --\n${kustomization('base')}`;
  const around = `${infra}${project}${generator}${settings}${patch}`;
  const cases: readonly (readonly [string, string, ...(readonly string[])])[] = [
    ['the nearest one', kustomization('a', '{dependsOn: [{name: inf$0ra}]}'), 'infra -> live/infra.yaml:3 <infra>'],
    ['the one of the namespace', kustomization('a', '{dependsOn: [{name: inf$0ra, namespace: elsewhere}]}')],
    ['a project', 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec: {project: sh$0op}\n', 'shop -> argocd/shop.yaml:3 <shop>'],
    [
      'an artifact that a generator makes',
      kustomization('a', '{sourceRef: {kind: ExternalArtifact, name: par$0ts}}'),
      'parts -> made.yaml:4 <parts>',
    ],
    [
      'a ConfigMap that kustomize makes',
      kustomization('a', '{postBuild: {substituteFrom: [{kind: ConfigMap, name: set$0tings}]}}'),
      'settings -> live/kustomization.yaml:1 <settings>',
    ],
    ['never a patch of it', kustomization('a', '{dependsOn: [{name: ba$0se}]}'), 'base -> base/base.yaml:3 <base>'],
    ['no other kind', kustomization('a', '{sourceRef: {kind: GitRepository, name: inf$0ra}}')],
  ];
  for (const [name, text, ...expected] of cases) {
    test(name, async () => {
      await using opened = await openSession(`${around}-- live/apps.yaml --\n${text}`);
      const { file, offset } = opened.cursor();
      const found = definition(opened.session.view, file, offset).map(({ origin, targetUri, targetRange }) => {
        const target = opened.file(opened.name(targetUri));
        const place = `${opened.name(targetUri)}:${targetRange.start.line + 1} <${target.lines.getText(targetRange)}>`;
        return `${file.lines.getText(origin)} -> ${place}`;
      });
      assert.deepEqual(found, expected);
    });
  }
});
