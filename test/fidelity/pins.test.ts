// Go compiles a package again when any module that it depends on has another version. What several modules have in common is
// compiled once as long as they ask for the same versions.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/cache.ts';

const shared: readonly (readonly [goMod: string, other: string])[] = [['test/cluster/tools/argocd/go.mod', 'test/fidelity/argocd/go.mod']];

for (const [one, other] of shared) {
  test(`${one} and ${other} ask for the same versions`, async () => {
    const [versions, others] = await Promise.all([requirements(one), requirements(other)]);
    const common = [...versions.keys()].filter((module) => others.has(module));
    assert.ok(common.length > 50, 'they have much in common');
    const of = (all: ReadonlyMap<string, string>): unknown => Object.fromEntries(common.map((module) => [module, all.get(module)]));
    assert.deepEqual(of(others), of(versions));
  });
}

/** The versions in a go.mod, by module. */
async function requirements(goMod: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(path.join(root, goMod), 'utf8');
  return new Map([...text.matchAll(/^\t(\S+) (v\S+)/gm)].map(([, module = '', version = '']) => [module, version]));
}
