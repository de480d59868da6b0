import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { Editor } from '../../../test/fixture/editor.ts';
import { serveGit } from '../../../test/servers/git-server.ts';
import { defaultSettings } from '../../../protocol/src/options.ts';
import { clearSources, fetchSources, sizeOfSources } from '../../../protocol/src/messages.ts';

const cache = await mkdtemp(path.join(tmpdir(), 'drydock-editor-cache-'));
after(() => rm(cache, { recursive: true, force: true }));

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';
const base = { 'kustomization.yaml': 'resources: [a.yaml]', 'a.yaml': configMap };

test('a finding says what is not fetched; "Fetch it" does, and it renders', async () => {
  await using server = await serveGit();
  await server.commit('acme/base', base, 'v1');
  await using editor = await Editor.open(`-- app/kustomization.yaml --\nresources: ["${server.url}/acme/base?ref=v1"]\n`, {
    initialization: { cache },
  });
  await editor.openFile('app/kustomization.yaml');
  await editor.until(() => editor.findings('app/kustomization.yaml').some((text) => text.includes('there is no copy of it yet')));
  assert.deepEqual(server.asked, [], 'nothing is asked for unasked');
  const [action, ...others] = await editor.codeActions('app/kustomization.yaml');
  assert.deepEqual([action?.title, others.length], ['Fetch it', 0]);
  assert.deepEqual(action?.command?.arguments, [editor.uri('app/kustomization.yaml')]);
  const report = await editor.ask(fetchSources, { uri: editor.uri('app/kustomization.yaml') });
  assert.deepEqual(report, { fetched: [`${server.url}/acme/base at v1`], failures: [] });
  await editor.until(() => editor.findings('app/kustomization.yaml').length === 0);
  await writeFile(path.join(cache, 'mine.txt'), '');
  const known = (await readdir(path.join(cache, 'known'))).map((name) => path.join(cache, 'known', name));
  const noted = (await Promise.all(known.map((file) => stat(file)))).reduce((sum, { size }) => sum + size, 0);
  const content = Object.values(base).reduce((sum, text) => sum + text.length, 0);
  assert.equal(await editor.ask(sizeOfSources, null), noted + content);
  await editor.ask(clearSources, null);
  assert.equal(await editor.ask(sizeOfSources, null), 0);
  await editor.until(() => editor.findings('app/kustomization.yaml').length === 1);
  assert.deepEqual(await readdir(cache), ['mine.txt']);
});

test('`never` means never, and `always` asks nobody', async () => {
  await using server = await serveGit();
  await server.commit('acme/base', base, 'v2');
  const settings = (fetch: 'never' | 'always') => ({ ...defaultSettings, sources: { map: {}, fetch } });
  await using editor = await Editor.open(`-- app/kustomization.yaml --\nresources: ["${server.url}/acme/base?ref=v2"]\n`, {
    initialization: { cache },
    settings: settings('never'),
  });
  await editor.openFile('app/kustomization.yaml');
  await editor.until(() => editor.findings('app/kustomization.yaml').length > 0);
  const { failures } = await editor.ask(fetchSources, {});
  assert.match(failures.join(), /`drydock.sources.fetch` is `never`/);
  assert.deepEqual(server.asked, []);
  await editor.changeSettings(settings('always'));
  await editor.edit('app/kustomization.yaml', '?ref=v2', '?ref=v2&');
  await editor.until(() => editor.findings('app/kustomization.yaml').length === 0);
});
