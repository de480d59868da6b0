// Effective values: the engine against what a template of the chart sees when the real helm renders it, in both builds of the engine.
import assert from 'node:assert/strict';
import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../scripts/cache.ts';
import { temporaryFolder } from '../../scripts/temporary-folder.ts';
import { type Engine, type TemplateRequest, type ValuesDetails, plainTemplate } from '../../server/src/engine/engine.ts';
import { builds, engineOnDisk } from './builds.ts';
import { helm, helmTemplate } from './helm.ts';

const folders = [path.join(root, 'engine', 'testdata', 'charts'), path.join(root, 'samples', 'charts')];

/** Prints what templates see, whatever else the chart has. */
const telling = 'kind: Values\nvalues:\n{{ toYaml .Values | indent 2 }}\n';

const plain = (chart: string): TemplateRequest => ({
  ...plainTemplate(chart),
  release: 'my-release',
  namespace: 'shop',
  skipSchemaValidation: true,
});

for (const [name, build] of Object.entries(builds)) {
  describe(`the ${name} engine puts values together as helm template does`, () => {
    let program: string;
    let engine: Engine;

    before(async () => {
      program = await helm();
      engine = engineOnDisk(await build());
    });
    after(() => engine.dispose());

    it("on the samples and the engine's charts", async (test) => {
      using copies = temporaryFolder('values');
      const different: string[] = [];
      const leaves = { all: 0, told: 0 };
      let compared = 0;
      for (const [index, folder] of folders.entries()) {
        const copy = path.join(copies.path, String(index));
        await cp(folder, copy, { recursive: true });
        const entries = await readdir(copy, { recursive: true, withFileTypes: true });
        for (const { parentPath: chart } of entries.filter((entry) => entry.name === 'Chart.yaml')) {
          await mkdir(path.join(chart, 'templates'), { recursive: true });
          const files = (await readdir(chart)).filter((file) => /^values-.*\.yaml$/.test(file)).sort();
          const changes: Partial<TemplateRequest>[] = [
            {},
            { values: 'global: {region: west, deep: {a: null}}\nlist: []\nfresh: {a: [1, {b: c}]}\n', set: ['list[1]=x,tags.some=true'] },
            ...files.map((file) => ({ valueFiles: [path.join(chart, file)] })),
          ];
          await writeFile(path.join(chart, 'templates', 'zz-values.yaml'), telling);
          engine.changed([chart]);
          for (const change of changes) {
            const request = { ...plain(chart), ...change };
            const theirs = await helmTemplate(program, request);
            const values = /^# Source: [^/\n]+\/templates\/zz-values\.yaml\nkind: Values\nvalues:\n(?<values>(?: {2}.*\n|\n)*)/m.exec(
              theirs.stdout,
            )?.groups?.['values'];
            if (theirs.status !== 0 || values === undefined) continue; // it has no values to compare with
            const ours = await engine.render({ op: 'values', render: { op: 'template', render: request } }, new AbortController().signal);
            compared++;
            const expected = values.replace(/^ {2}/gm, '').trim();
            if (ours.kind !== 'rendered') {
              different.push(`${JSON.stringify(request)}\n${JSON.stringify(ours)}`);
              continue;
            }
            if (ours.yaml.trim() !== expected) different.push(`${JSON.stringify(request)}\n${ours.yaml}\n--- helm\n${expected}`);
            for (const leaf of (ours.details as ValuesDetails).charts[0]?.leaves ?? []) {
              if (leaf.value === null || typeof leaf.value === 'object') continue; // Helm makes some that nobody wrote
              leaves.all++;
              if (leaf.origin) leaves.told++;
              else test.diagnostic(`${chart}: ${leaf.path.join('.')} is of unknown origin`);
            }
          }
        }
      }
      test.diagnostic(
        `${compared - different.length} equal, ${different.length} different; origin of ${leaves.told} of ${leaves.all} values told`,
      );
      assert.equal(different.length, 0, different.join('\n\n'));
      assert.ok(compared > 50, `${compared} compared`);
      assert.equal(leaves.told, leaves.all);
    });
  });
}
