// A chart's folder without its charts/, rendered by the engine from copies, against the real `helm dependency build` and `helm template`
// on a folder of its own. The lock is the real `helm dependency update`'s.
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Engine, type TemplateRequest, type ValuesDetails, plainTemplate } from '../../server/src/engine/engine.ts';
import type { Source } from '../../server/src/engine/source.ts';
import { isMadeByHelm } from '../../server/src/engine/values.ts';
import { fromNativePath } from '../../server/src/workspace/paths.ts';
import { type TestServer, listen } from '../servers/listen.ts';
import { builds, copiesFoundBy, engineOnDisk, noCopies } from './builds.ts';
import { asCommandOutput, differenceOf } from './command-output.ts';
import { helm, helmCommand, helmPackage, helmTemplate } from './helm.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'drydock-dependencies-'));
const packages = path.join(folder, 'packages');
after(() => rm(folder, { recursive: true, force: true }));

const request = (chart: string): TemplateRequest => ({ ...plainTemplate(chart), release: 'my-release', namespace: 'shop' });

async function writeChart(place: string, name: string, version: string, more = ''): Promise<void> {
  await mkdir(path.join(place, 'templates'), { recursive: true });
  await writeFile(path.join(place, 'Chart.yaml'), `apiVersion: v2\nname: ${name}\nversion: ${version}\n${more}`);
  await writeFile(path.join(place, 'values.yaml'), 'who: nobody\n');
  const template = 'kind: {{ .Chart.Name }}\nversion: {{ .Chart.Version }}\nwho: {{ .Values.who }}\n';
  await writeFile(path.join(place, 'templates', 'a.yaml'), template);
}

describe('charts that lack their dependencies', () => {
  let program: string;
  let server: TestServer;
  const chartIn = (parent: string): string => path.join(folder, parent, 'shop');
  const asked: Source[] = [];
  const copies = copiesFoundBy(async (source) => {
    asked.push(source);
    return fromNativePath(path.join(packages, `${source.name}-${source.revision}.tgz`));
  });
  const helmIn = (...args: string[]): ReturnType<typeof helmCommand> => helmCommand(program, args, path.join(folder, 'helm'));

  before(async () => {
    program = await helm();
    for (const version of ['1.0.0', '1.1.0', '2.0.0']) {
      await writeChart(path.join(folder, 'made', version, 'web'), 'web', version);
      await helmPackage(program, path.join(folder, 'made', version, 'web'), packages);
    }
    await helmIn('repo', 'index', packages);
    server = await listen((asking, response) => {
      void readFile(path.join(packages, path.basename(asking.url ?? ''))).then((content) => response.end(content));
    });
    await helmIn('repo', 'add', 'acme', server.url);
    await writeChart(path.join(folder, 'ours', 'db'), 'db', '1.4.0');
    const dependencies = [
      'dependencies:',
      '  - {name: db, version: ^1.0.0, repository: "file://../db", condition: db.enabled}',
      '  - {name: db, version: ^1.0.0, repository: "file://../db", alias: cache, tags: [extra]}',
      `  - {name: web, version: 1.x, repository: "${server.url}", alias: old}`,
      `  - {name: web, version: ">=2", repository: "${server.url}", import-values: [{child: who, parent: imported}]}`,
    ].join('\n');
    await writeChart(chartIn('ours'), 'shop', '1.0.0', `${dependencies}\n`);
    await writeFile(path.join(chartIn('ours'), 'values.yaml'), 'who: shop\ncache: {who: cache}\nold: {who: old}\n');
    const updated = await helmIn('dependency', 'update', chartIn('ours'));
    assert.equal(updated.status, 0, updated.stderr);
    await rm(path.join(chartIn('ours'), 'charts'), { recursive: true });
    await cp(path.join(folder, 'ours'), path.join(folder, 'theirs'), { recursive: true });
    await cp(path.join(folder, 'ours'), path.join(folder, 'changed'), { recursive: true });
    const changed = path.join(chartIn('changed'), 'Chart.yaml');
    await writeFile(changed, (await readFile(changed, 'utf8')).replace('version: 1.x', 'version: 1.0.x'));
    const built = await helmIn('dependency', 'build', chartIn('theirs'));
    assert.equal(built.status, 0, built.stderr);
    await cp(path.join(folder, 'theirs'), path.join(folder, 'told'), { recursive: true });
    await writeFile(path.join(chartIn('told'), 'templates', 'values.yaml'), 'kind: Values\nvalues:\n{{ toYaml .Values | indent 2 }}\n');
  });
  after(() => server[Symbol.asyncDispose]());

  for (const [name, build] of Object.entries(builds)) {
    describe(`in the ${name} engine`, () => {
      let engine: Engine;
      const render = async (chart: string) =>
        engine.render({ op: 'template', render: request(fromNativePath(chart)) }, AbortSignal.timeout(60_000));
      before(async () => void (engine = engineOnDisk(await build(), copies)));
      after(() => engine.dispose());

      it('render as with the charts that helm puts there, of the versions in the lock', async () => {
        const ours = asCommandOutput(await render(chartIn('ours')));
        const theirs = await helmTemplate(program, request(chartIn('theirs')));
        assert.equal(differenceOf(ours, theirs), undefined);
        assert.equal(ours.stdout.match(/^# Source/gm)?.length, 5);
        const sources = asked.map(({ kind, url, name: chart, revision }) => [kind, url, chart, revision].join(' '));
        assert.deepEqual(new Set(sources), new Set([`chart ${server.url} web 1.1.0`, `chart ${server.url} web 2.0.0`]));
      });

      it('have the values that their templates see with those charts, and know the places of all', async () => {
        const chart = fromNativePath(chartIn('ours'));
        const ours = await engine.render({ op: 'values', render: { op: 'template', render: request(chart) } }, AbortSignal.timeout(60_000));
        assert.ok(ours.kind === 'rendered', JSON.stringify(ours));
        const theirs = await helmTemplate(program, request(chartIn('told')));
        assert.equal(
          ours.yaml.trim(),
          /^values:\n(?<values>(?: {2}.*\n)+)/m.exec(theirs.stdout)?.groups?.['values']?.replace(/^ {2}/gm, '').trim(),
        );
        const leaves = ((ours.details as ValuesDetails).charts[0]?.leaves ?? []).filter((leaf) => !isMadeByHelm(leaf));
        const places = leaves.map(({ path: at, origin }) => [
          at.join('.'),
          origin?.kind === 'package'
            ? `${path.basename(origin.file)}!/${origin.member}:${origin.line}`
            : origin?.kind === 'file'
              ? `${origin.file}:${origin.line}`
              : 'unknown',
        ]);
        assert.deepEqual(Object.fromEntries(places), {
          'cache.who': `${chart}/values.yaml:2`,
          'db.who': `${path.posix.dirname(chart)}/db/values.yaml:1`,
          'old.who': `${chart}/values.yaml:3`,
          'web.who': 'web-2.0.0.tgz!/values.yaml:1',
          who: `${chart}/values.yaml:1`,
        });
      });

      it("are refused in Helm's words when the lock is another chart's", async () => {
        const ours = asCommandOutput(await render(chartIn('changed')));
        const theirs = await helmIn('dependency', 'build', chartIn('changed'));
        assert.match(theirs.stderr, /out of sync/);
        assert.equal(ours.stderr, theirs.stderr);
      });

      it('are refused as by helm template without the copies, all of which are told', async () => {
        const alone = engineOnDisk(await build(), noCopies);
        try {
          const place = fromNativePath(chartIn('ours'));
          const outcome = await alone.render({ op: 'template', render: request(place) }, AbortSignal.timeout(60_000));
          assert.ok(outcome.kind === 'failed');
          assert.deepEqual(
            outcome.missing.map(({ revision }) => revision),
            ['1.1.0', '2.0.0'],
          );
          // Helm does not look for what `file://` names either.
          const theirs = await helmTemplate(program, request(chartIn('ours')));
          assert.equal(`Error: ${outcome.message}\n`, theirs.stderr.replace('directory: db, db, web', 'directory: web'));
        } finally {
          alone.dispose();
        }
      });
    });
  }
});
