import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { completions } from './completion.ts';
import { openSession } from '../../../test/fixture/session.ts';

describe('names of objects are offered where one is asked for, the nearest first', () => {
  const object = (apiVersion: string, kind: string, name: string, namespace = 'flux-system', spec = ''): string =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\n${spec}`;
  const kustomization = (name: string, spec = '', namespace?: string): string =>
    object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', name, namespace, spec);
  const source = (kind: string, name: string): string => object('source.toolkit.fluxcd.io/v1', kind, name);
  const around = [
    `-- dev/infra.yaml --\n${kustomization('infra')}---\n${kustomization('dev-only')}---\n${kustomization('other', '', 'elsewhere')}`,
    `-- live/infra.yaml --\n${kustomization('infra')}---\n${kustomization('live-only')}`,
    `-- sources.yaml --\n${source('GitRepository', 'fleet')}---\n${source('OCIRepository', 'images')}`,
    `-- projects.yaml --\n${object('argoproj.io/v1alpha1', 'AppProject', 'shop', 'argocd')}`,
    '-- live/kustomization.yaml --\nconfigMapGenerator:\n  - name: settings\n',
    '',
  ].join('\n');
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['an empty name', kustomization('apps', 'spec:\n  dependsOn:\n    - name: $0\n'), ['<> infra', '<> live-only', '<> dev-only']],
    [
      'right behind the colon',
      kustomization('apps', 'spec:\n  dependsOn:\n    - name:$0\n'),
      ['<>  infra', '<>  live-only', '<>  dev-only'],
    ],
    ['a begun name', kustomization('apps', 'spec:\n  dependsOn:\n    - name: in$0\n'), ['<in> infra', '<in> live-only', '<in> dev-only']],
    [
      'a namespace that is named',
      kustomization('apps', 'spec:\n  dependsOn:\n    - name: infra\n    - name: $0\n      namespace: elsewhere\n'),
      ['<> other'],
    ],
    ['a source of the kind', kustomization('apps', 'spec:\n  sourceRef:\n    kind: OCIRepository\n    name: $0\n'), ['<> images']],
    ['a kind below the name', kustomization('apps', 'spec:\n  sourceRef:\n    name: $0\n    kind: GitRepository\n'), ['<> fleet']],
    [
      'what kustomize makes',
      kustomization('apps', 'spec:\n  postBuild:\n    substituteFrom:\n      - kind: ConfigMap\n        name: $0\n'),
      ['<> settings'],
    ],
    ['a project', 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: a\nspec:\n  project: $0\n', ['<> shop']],
    ['no kind, no names', kustomization('apps', 'spec:\n  sourceRef:\n    name: $0\n'), []],
    ['no field for a name', kustomization('apps', 'spec:\n  path: $0\n'), []],
  ];
  for (const [name, text, expected] of cases) {
    test(name, async () => {
      await using opened = await openSession(`${around}-- live/apps.yaml --\n${text}`);
      const { file, offset } = opened.cursor();
      const found = await completions(opened.session.view, undefined, file, offset);
      assert.deepEqual(
        found.map((each) => `<${file.lines.getText(each.range)}> ${each.text}`),
        expected,
      );
    });
  }
});
