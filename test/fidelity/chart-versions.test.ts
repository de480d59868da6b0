// Which chart of a repository a version or a range means, against the real `helm pull --version` from a server with the same index.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { temporaryFolder } from '../../scripts/temporary-folder.ts';
import type { ChosenVersion } from '../../server/src/engine/chart.ts';
import type { Engine } from '../../server/src/engine/engine.ts';
import { fromNativePath } from '../../server/src/workspace/paths.ts';
import { type TestServer, listen } from '../servers/listen.ts';
import { builds, engineOnDisk } from './builds.ts';
import { helm, helmCommand } from './helm.ts';
import { once } from './once.ts';

/** The versions in an index, by the chart's name. An index has them in any order. */
const charts: Readonly<Record<string, readonly string[]>> = {
  plain: ['1.0.0', '1.2.10', '1.2.9', '2.1.0', '1.10.0', '0.9.0', '2.0.0'],
  prereleases: ['1.0.0', '1.1.0-rc.1', '1.1.0-rc.10', '1.1.0-rc.2', '1.1.0-alpha', '0.1.0-dev'],
  onlyPrereleases: ['1.0.0-beta.2', '1.0.0-beta.10', '0.9.0-rc.1'],
  prefixed: ['v1.0.0', 'v1.4.0', '1.3.0', 'v2.0.0-rc.1', 'v0.1.0'],
  metadata: ['1.2.0+build.1', '1.3.0+20260101', '1.1.0'],
  short: ['1.2', '1', '1.2.0', '1.1.9', '2'],
  broken: ['latest', '1.0.0', '', '1.x', '01.2.3', '1.2.3.4', '1.1.0'],
};

const wanted = [
  ...['', '*', 'x', '>=1 <2', '>= 1.0.0, < 2.0.0', '>=1.0.0 <1.2.10 || >=2.1', '~1.2', '~1', '~1.2.9', '^1', '^0.9', '^1.2.3', '^0'],
  ...['1.2', '1', '1.x', '1.2.x', '1.2.*', 'v1', 'v1.4', 'v1.4.0', '1.4.0', '1.0.0', 'v1.0.0', '1.0', '=1.2.9', '!=2.1.0', '<1.0.0'],
  ...[
    '>0.0.0-0',
    '*-0',
    '>=1.1.0-0',
    '^1.1.0-rc',
    '~1.1.0-alpha',
    '1.1.0-rc.2',
    '>=1.0.0-beta',
    '1.0.0 - 1.2.9',
    '1.3.0+20260101',
    '1.3.0',
  ],
  ...['1.2.0+build.1', '>=1.2.0+build.1', '9.9.9', '>=9', 'latest', 'newest', '1.2.3.4', '> 1 <', '01.2.3', ' 1.0.0', '1.0.0 '],
];

const index = `apiVersion: v1\nentries:\n${Object.entries(charts)
  .map(([name, versions]) => {
    const items = versions.map(
      (version) => `  - {apiVersion: v2, name: ${name}, version: '${version}', urls: ['${name}/${version}/x.tgz']}`,
    );
    return `  ${name}:\n${items.join('\n')}\n`;
  })
  .join('')}`;

describe('the version that a range means', () => {
  const folder = temporaryFolder('chart-versions');
  after(() => folder[Symbol.dispose]());
  let server: TestServer;
  let program: string;
  before(async () => {
    program = await helm();
    await writeFile(path.join(folder.path, 'index.yaml'), index);
    server = await listen((asking, response) => response.end(asking.url === '/index.yaml' ? index : 'a package'));
  });
  after(() => server[Symbol.asyncDispose]());

  /** The package that helm asks the server for; undefined when it refuses. */
  const theirs = once(async (name: string, version: string): Promise<string | undefined> => {
    const before = server.asked.length;
    const args = ['pull', name, '--repo', server.url, '--version', version, '--destination', folder.path];
    const { status, stderr } = await helmCommand(program, args, path.join(folder.path, 'helm'));
    const [asked] = server.asked.slice(before).filter((each) => each.endsWith('.tgz'));
    assert.equal(status === 0, asked !== undefined, stderr);
    return asked && decodeURIComponent(asked.replace(/^GET \//, ''));
  });

  for (const [build, make] of Object.entries(builds)) {
    describe(`in the ${build} engine`, () => {
      let engine: Engine;
      before(async () => void (engine = engineOnDisk(await make())));
      after(() => engine.dispose());

      const ours = async (name: string, version: string): Promise<string | undefined> => {
        const render = { index: fromNativePath(path.join(folder.path, 'index.yaml')), name, tags: [], version };
        const outcome = await engine.render({ op: 'chartVersion', render }, new AbortController().signal);
        if (outcome.kind === 'failed') return undefined;
        assert.ok(outcome.kind === 'rendered', JSON.stringify(outcome));
        return (outcome.details as ChosenVersion).url;
      };

      for (const name of Object.keys(charts)) {
        it(`of the chart ${name}`, async () => {
          const [mine, real]: Record<string, string | undefined>[] = [{}, {}];
          for (const version of wanted) {
            Object.assign(mine ?? {}, { [version]: await ours(name, version) });
            Object.assign(real ?? {}, { [version]: await theirs(name, version) });
          }
          assert.deepEqual(mine, real);
          assert.ok(Object.values(real ?? {}).some((each) => each !== undefined));
        });
      }
    });
  }
});
