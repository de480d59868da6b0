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
