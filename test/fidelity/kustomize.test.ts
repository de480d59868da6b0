// The engine against the real `kustomize build`, byte for byte: output, error message, exit status and warnings, on everything at
// hand, in both builds of the engine.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, after, before, describe, it } from 'node:test';
import { root } from '../../scripts/cache.ts';
import { corpus, withoutCorpus } from '../fixture/corpus.ts';
import type { Engine, LoadRestrictor } from '../../server/src/engine/engine.ts';
import { builds, engineOnDisk } from './builds.ts';
import { compare, kustomizationFolders } from './comparison.ts';
import { kustomize } from './kustomize.ts';
import { makeLinkedFolders } from './linked-folders.ts';

for (const [name, build] of Object.entries(builds)) {
  describe(`the ${name} engine prints what kustomize build prints`, () => {
    let program: string;
    let engine: Engine;

    before(async () => {
      program = await kustomize();
      engine = engineOnDisk(await build());
    });
    after(() => engine.dispose());

    const expectEqual = async (
      test: TestContext,
      folders: readonly string[],
      restrictor: LoadRestrictor,
      networked: boolean,
    ): Promise<void> => {
      const { equal, different, needNetwork } = await compare(engine, program, folders, restrictor);
      test.diagnostic(`${equal} equal, ${different.length} different, ${needNetwork.length} not compared because they need the network`);
      assert.equal(different.length, 0, different.join('\n\n'));
      if (!networked) assert.deepEqual(needNetwork, []);
      assert.notEqual(equal, 0);
    };

    it('on the samples', async (test) => {
      await expectEqual(test, await kustomizationFolders(path.join(root, 'samples')), 'LoadRestrictionsRootOnly', true);
    });

    for (const restrictor of ['LoadRestrictionsRootOnly', 'LoadRestrictionsNone'] as const) {
      it(`on the engine's cases, ${restrictor}`, async (test) => {
        const folders = await kustomizationFolders(path.join(root, 'engine', 'testdata', 'cases'));
        await expectEqual(test, folders, restrictor, true);
      });

      it(`on linked files and folders, ${restrictor}`, async (test) => {
        const folder = await mkdtemp(path.join(tmpdir(), 'drydock-links-'));
        try {
          const folders = await makeLinkedFolders(folder);
          engine.changed([folder]);
          await expectEqual(test, folders, restrictor, false);
        } finally {
          await rm(folder, { recursive: true });
        }
      });
    }

    it('on repositories of other people', { skip: withoutCorpus }, async (test) => {
      await expectEqual(test, await kustomizationFolders(corpus), 'LoadRestrictionsRootOnly', true);
    });
  });
}
