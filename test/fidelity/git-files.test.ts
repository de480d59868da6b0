// The files and folders that Git generators find in a working tree, against what the real git has or would add: `git ls-files`.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { run } from '../../scripts/process.ts';
import { temporaryFolder } from '../../scripts/temporary-folder.ts';
import type { GeneratedApplications } from '../../server/src/engine/application-set.ts';
import type { Engine } from '../../server/src/engine/engine.ts';
import { fromNativePath } from '../../server/src/workspace/paths.ts';
import { builds, engineOnDisk } from './builds.ts';

/** The content of files by their paths in a working tree. */
type Tree = Readonly<Record<string, string>>;

async function write(root: string, tree: Tree): Promise<void> {
  for (const [name, content] of Object.entries(tree)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), content);
  }
}

/** Runs git without the settings of whoever runs the test. */
function git(root: string, ...args: string[]): Promise<string> {
  const env = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', XDG_CONFIG_HOME: root, HOME: root };
  return run('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], { cwd: root, env });
}

async function filesOfGit(root: string): Promise<string[]> {
  const listed = await git(root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard');
  return listed.split('\0').filter(Boolean).sort();
}

const foldersOf = (files: readonly string[]): string[] =>
  [...new Set(files.filter((file) => file.includes('/')).map((file) => file.split('/')[0] ?? ''))].filter(isVisible).sort();
const isVisible = (name: string): boolean => !name.startsWith('.');

async function generated(engine: Engine, root: string, generator: string, newGitFileGlobbing = false): Promise<string[]> {
  const object = `
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: all}
spec:
  goTemplate: true
  generators: [{git: {repoURL: https://example.com/fleet.git, revision: HEAD, ${generator}}}]
  template: {metadata: {name: x}, spec: {project: default, destination: {name: x}, source: {repoURL: x, path: x}}}
`;
  const render = { object, repositories: [{ url: 'https://example.com/fleet.git', revision: '', root }], fixture: '', newGitFileGlobbing };
  const outcome = await engine.render({ op: 'applicationSet', render }, new AbortController().signal);
  assert.ok(outcome.kind === 'rendered', JSON.stringify(outcome));
  const { applications, errors } = outcome.details as GeneratedApplications;
  assert.deepEqual(errors, []);
  return applications
    .map(({ params }) => (params as { path: { path: string; filename?: string } }).path)
    .map((found) => path.posix.join(found.path, found.filename ?? ''))
    .sort();
}

const manifests: Tree = {
  README: 'a: 1',
  'apps/one/config.yaml': 'a: 1',
  'apps/two/config.yaml': 'a: 1',
  'apps/two/config.json': '{}',
  'apps/two/deep/er/config.yaml': 'a: 1',
  'charts/one.tgz': 'a: 1',
  'charts/[x].yaml': 'a: 1',
  'generated/config.yaml': 'a: 1',
  'generated/sub/config.yaml': 'a: 1',
  'tmp/config.yaml~': 'a: 1',
  'with space/config.yaml ': 'a: 1',
  '#hash': 'a: 1',
  '!mark': 'a: 1',
  '.hidden/config.yaml': 'a: 1',
};

const patterns: Readonly<Record<string, string>> = {
  'a name': 'config.yaml\n',
  'a name with stars': '*.yaml~\n*.tgz\n',
  'a folder': 'generated/\n',
  'a folder that is a file': 'config.yaml/\nREADME/\n',
  'a path': '/apps/one\napps/*/config.json\n',
  'a path is counted from the top': 'one/config.yaml\n',
  'two stars': '**/er\napps/**/config.json\ntmp/**\n',
  'two stars within a name': 'apps/t**o/config.yaml\nap**/one\n',
  'a star is no slash': 'apps/*.yaml\ngenerated/*\n',
  'what is taken back': '*.yaml\n!apps/*/config.yaml\n!generated/\n',
  'what is taken back below an ignored folder': '/generated\n!/generated/config.yaml\n',
  'everything but some': '*\n!*/\n!*.yaml\n',
  'everything at the top but one': '/*\n!/apps/\n',
  'an ignored name in a folder that is taken back': 'config.json\n!/apps/\n',
  classes: 'charts/[[]x].yaml\napps/[!o]*/config.yaml\n[[:upper:]]*\n',
  backslashes: '\\#hash\n\\!mark\ncharts/\\[x].yaml\n',
  'comments and spaces': '# config.yaml\nREADME   \nconfig.yaml\\ \n\n   \n',
  'the ends of lines of Windows': 'README\r\ngenerated/\r\n',
  'a byte order mark': '\ufeffREADME\n',
};

for (const [name, build] of Object.entries(builds)) {
  describe(`the ${name} engine knows which files Git has`, { timeout: 600_000 }, () => {
    let engine: Engine;
    before(async () => {
      engine = engineOnDisk(await build());
    });
    after(() => engine.dispose());

    const expectEqual = async (root: string): Promise<string[]> => {
      engine.changed([fromNativePath(root)]);
      const all = await filesOfGit(root);
      const files = all.filter((file) => !file.endsWith('.gitignore')); // they are no YAML
      assert.deepEqual(await generated(engine, fromNativePath(root), "files: [{path: '*'}, {path: '*.gitignore', exclude: true}]"), files);
      assert.deepEqual(await generated(engine, fromNativePath(root), "directories: [{path: '*'}]"), foldersOf(all));
      const nested = files.filter((file) => path.posix.basename(file) === 'config.yaml');
      assert.deepEqual(await generated(engine, fromNativePath(root), "files: [{path: '**/config.yaml'}]", true), nested);
      return files;
    };

    for (const [what, text] of Object.entries(patterns)) {
      it(what, async () => {
        using folder = temporaryFolder('ignored');
        await git(folder.path, 'init', '--quiet');
        await write(folder.path, { ...manifests, '.gitignore': text });
        const files = await expectEqual(folder.path);
        assert.notEqual(files.length, 0);
      });
    }

    it('in every folder, and in what stands in no commit', async () => {
      using folder = temporaryFolder('ignored');
      await git(folder.path, 'init', '--quiet');
      await write(folder.path, {
        ...manifests,
        '.git/info/exclude': '*.tgz\nREADME\n',
        '.gitignore': '*.json\n!README\n',
        'apps/.gitignore': '!*.json\n/one\n',
        'apps/two/.gitignore': 'deep/\n',
        'generated/.gitignore': '*\n',
      });
      await expectEqual(folder.path);
    });

    for (const version of ['2', '3', '4'])
      it(`what is ignored, and was added all the same, by an index of version ${version}`, async () => {
        using folder = temporaryFolder('tracked');
        await git(folder.path, 'init', '--quiet', `--object-format=${version === '3' ? 'sha256' : 'sha1'}`);
        await write(folder.path, { ...manifests, '.gitignore': '*.json\ngenerated/\ncharts/\ntmp/\n' });
        await git(folder.path, 'config', 'index.version', version);
        const added = ['apps/two/config.json', 'generated/sub/config.yaml', 'charts/one.tgz'];
        await git(folder.path, 'add', '--force', '.gitignore', ...added);
        if (version === '3') await git(folder.path, 'add', '--intent-to-add', 'README'); // that is what version 3 is for
        const files = await expectEqual(folder.path);
        for (const file of added) assert.ok(files.includes(file), file);
        assert.ok(!files.includes('generated/config.yaml'));
      });

    it('in a linked working tree', async () => {
      using folder = temporaryFolder('linked');
      const [main, linked] = [path.join(folder.path, 'main'), path.join(folder.path, 'linked')];
      await mkdir(main);
      await git(main, 'init', '--quiet');
      await write(main, { '.gitignore': '*.json\n', 'a.json': '{}', 'a.yaml': 'a: 1' });
      await git(main, 'add', '--all', '--force');
      await git(main, 'commit', '--quiet', '-m', 'x');
      await git(main, 'worktree', 'add', '--quiet', linked);
      await write(main, { '.git/info/exclude': 'b.yaml\n' });
      await write(linked, { 'b.json': '{}', 'b.yaml': 'a: 1', 'c.yaml': 'a: 1' });
      assert.deepEqual(await expectEqual(linked), ['a.json', 'a.yaml', 'c.yaml']);
    });

    it('patterns that nobody would write', async (test) => {
      using folder = temporaryFolder('ignored');
      await git(folder.path, 'init', '--quiet');
      const names = ['a', 'b', 'ab', 'a/a', 'a/b', 'a/ab/a', 'a/ab/b', 'b/a/b/a', 'b/ab'];
      await write(folder.path, Object.fromEntries(names.map((each) => [`${each}.d/f`, 'a: 1'])));
      const part = fc.constantFrom('a', 'b', 'ab', 'f', '.d', '*', '?', '**', '/', '/', '[ab]', '[!a]', '\\a', '!', ' ');
      const line = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
      const text = fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => `${lines.join('\n')}\n`);
      let ignoring = 0;
      const property = fc.asyncProperty(text, text, async (top, below) => {
        await write(folder.path, { '.gitignore': top, 'a.d/.gitignore': below });
        const files = await expectEqual(folder.path);
        if (files.length < names.length) ignoring++;
      });
      await fc.assert(property, { numRuns: name === 'native' ? 150 : 20 });
      test.diagnostic(`${ignoring} ignored some files`);
    });
  });
}
