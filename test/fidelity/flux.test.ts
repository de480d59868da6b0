// The engine against the libraries of Flux's kustomize-controller, byte for byte: output and error message, in both builds of the
// engine.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, after, before, describe, it } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { root } from '../../scripts/cache.ts';
import { corpus, withoutCorpus } from '../fixture/corpus.ts';
import type { Engine, FluxRequest, Outcome } from '../../server/src/engine/engine.ts';
import { builds, engineOnDisk } from './builds.ts';
import { type FluxRendering, fluxOracle, fluxRender } from './flux.ts';
import { makeLinkedFolders } from './linked-folders.ts';
import { once } from './once.ts';

const cases = path.join(root, 'engine', 'testdata', 'flux');
const repository = path.join(cases, 'repository');

const fluxRenderings = once(fluxRender);

const plain: Omit<FluxRequest, 'object' | 'root'> = {
  source: { kind: 'git', url: '', name: '', revision: '' },
  ignore: '',
  substitutions: {},
  keepUnknown: false,
  strict: false,
  ownerLabels: false,
};

/** Variables that every case is rendered with once, beside none. */
const substitutions = { region: 'eu-west', tier: 'gold', cluster_name: 'dev', domain: 'example.com', lines: 'one\ntwo\n' };

/** The text of every Flux Kustomization below a folder. */
async function kustomizationsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map(({ parentPath, name }) => path.join(parentPath, name));
  const texts = await Promise.all(files.sort().map((file) => readFile(file, 'utf8')));
  return texts.flatMap((text) => {
    if (!text.includes('kustomize.toolkit.fluxcd.io/') || text.includes('{{')) return [];
    return parseAllDocuments(text)
      .filter(
        (document) =>
          String(document.get('apiVersion')).startsWith('kustomize.toolkit.fluxcd.io/') && document.get('kind') === 'Kustomization',
      )
      .map((document) => document.toString({ directives: false }));
  });
}

/** Each with nothing given, and with everything that can be given. */
function requestsFor(objects: readonly string[], of: string): FluxRequest[] {
  return objects.flatMap((object) => [
    { ...plain, object, root: of },
    { ...plain, object, root: of, substitutions },
    { ...plain, object, root: of, substitutions, strict: true, ownerLabels: true },
  ]);
}

/** What an outcome amounts to. */
function renderingOf(outcome: Outcome): FluxRendering {
  if (outcome.kind === 'rendered') return { yaml: outcome.yaml, error: '' };
  assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
  return { yaml: '', error: outcome.message };
}

/** Leaves out what differs from run to run: Go's JSON package chooses a word by chance when a process starts. */
function steady({ yaml, error }: FluxRendering): FluxRendering {
  return { yaml, error: error.replace(/json: unable to /g, 'json: cannot ') };
}

for (const [name, build] of Object.entries(builds)) {
  describe(`the ${name} engine renders what Flux's libraries render`, () => {
    let program: string;
    let engine: Engine;

    before(async () => {
      program = await fluxOracle();
      engine = engineOnDisk(await build());
    });
    after(() => engine.dispose());

    const expectEqual = async (test: TestContext, requests: readonly FluxRequest[]): Promise<void> => {
      assert.notEqual(requests.length, 0);
      const theirs = await fluxRenderings(program, requests);
      const different: string[] = [];
      let failed = 0;
      for (const [index, request] of requests.entries()) {
        const ours = steady(renderingOf(await engine.render({ op: 'flux', render: request }, new AbortController().signal)));
        const expected = steady(theirs[index] ?? { yaml: '', error: 'no result' });
        if (expected.error !== '') failed++;
        if (ours.yaml === expected.yaml && ours.error === expected.error) continue;
        different.push(`${JSON.stringify(request)}\n--- engine\n${ours.yaml}${ours.error}\n--- Flux\n${expected.yaml}${expected.error}`);
      }
      test.diagnostic(`${requests.length - different.length} equal (${failed} of all are errors), ${different.length} different`);
      assert.equal(different.length, 0, different.join('\n\n'));
    };

    it('on the samples', async (test) => {
      const samples = path.join(root, 'samples');
      await expectEqual(test, requestsFor(await kustomizationsIn(samples), samples));
    });

    it("on the engine's cases", async (test) => {
      await expectEqual(test, requestsFor(await kustomizationsIn(path.join(cases, 'objects')), repository));
    });

    it('on sources with a spec.ignore of their own', async (test) => {
      const objects = await kustomizationsIn(path.join(cases, 'objects'));
      const given = [
        '*.yml\n',
        '/*\n!/plain/\n',
        '!*.draft.yaml\n!/docs/\n',
        '# nothing\n\nplain/nested/\n',
        '!.github/\n!.sops.yaml\n',
        '/plain\n',
      ];
      const requests = given.flatMap((ignore) =>
        objects
          .filter((text) => /path: .*\b(plain|docs|github|ignored-entry)/.test(text))
          .map((object) => ({ ...plain, object, root: repository, ignore })),
      );
      await expectEqual(test, requests);
    });

    it('on linked files and folders', async (test) => {
      const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'drydock-links-')));
      try {
        const made = path.join(folder, 'repository');
        const folders = await makeLinkedFolders(made);
        engine.changed([folder]);
        await expectEqual(
          test,
          folders.map((at) => ({ ...plain, object: JSON.stringify({ spec: { path: path.relative(made, at) } }), root: made })),
        );
      } finally {
        await rm(folder, { recursive: true });
      }
    });

    for (const [name, source] of [
      ['flux2-kustomize-helm-example', '.'],
      ['flux2-kustomize-helm-example', 'apps'],
      ['flux2-kustomize-helm-example', 'infrastructure'],
      ['argocd-diff-preview', '.'],
      ['podinfo', '.'],
    ] as const) {
      const at = path.join(corpus, name);
      it(`on ${path.join(name, source)}`, { skip: withoutCorpus }, async (test) => {
        const all = JSON.stringify({ metadata: { name: 'all', namespace: 'all' }, spec: { path: './' } });
        await expectEqual(test, requestsFor([...(await kustomizationsIn(at)), all], await realpath(path.join(at, source))));
      });
    }
  });
}
