// After any series of edits, saves, renames and deletions the session answers as one that is started on what there is now.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fileAt, filesOf } from '../../server/src/workspace/snapshot.ts';
import { MemoryFiles } from './memory-files.ts';
import { Session } from '../../server/src/session/session.ts';
import { checkWorkspace } from '../../server/src/session/check.ts';
import { defaultSettings } from '../../protocol/src/options.ts';
import { objectTree } from '../../server/src/features/object-tree.ts';
import { overlaysOf } from '../../server/src/model/reach.ts';
import { piece } from './yaml-text.ts';
import { runs } from './runs.ts';
import { testAssets } from '../fixture/assets.ts';

const assets = await testAssets();

const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\nspec:\n  replicas: 1\n';
const application =
  'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: shop}\nspec:\n  source: {repoURL: https://example.com/fleet, path: base}\n';
const start: Readonly<Record<string, string>> = {
  '/repo/base/kustomization.yaml': 'resources:\n  - deployment.yaml\n',
  '/repo/base/deployment.yaml': deployment,
  '/repo/overlays/dev/kustomization.yaml': 'resources:\n  - ../../base\npatches:\n  - path: patch.yaml\n',
  '/repo/overlays/dev/patch.yaml': deployment.replace('1', '2'),
  '/repo/apps.yaml': `${application}---\n${application.replace('path: base', 'path: gone')}---\n# end\n`,
};
const places = [...Object.keys(start), '/repo/new/kustomization.yaml', '/repo/base/new.yaml', '/repo/new/deep/a.yaml'];

type Edit =
  | { readonly kind: 'type'; readonly path: string; readonly at: number; readonly remove: number; readonly insert: string }
  | { readonly kind: 'open' | 'save' | 'close' | 'delete' | 'write'; readonly path: string }
  | { readonly kind: 'move'; readonly path: string; readonly to: string };

const place = fc.constantFrom(...places);
const edit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('type' as const),
      path: place,
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      remove: fc.nat(12),
      insert: piece,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('open' as const, 'save' as const, 'close' as const, 'delete' as const, 'write' as const),
      path: place,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('move' as const), path: place, to: place }) },
);

function started(disk: MemoryFiles): Session {
  return new Session({ disk, assets, engine: 'native', cache: '/nowhere', settings: () => defaultSettings, log: () => undefined });
}

async function apply(session: Session, disk: MemoryFiles, change: Edit): Promise<void> {
  const { path } = change;
  const { open } = session.workspace.snapshot;
  const text = fileAt(session.workspace.snapshot, path)?.text;
  switch (change.kind) {
    case 'type': {
      const letters = Array.from(text ?? '');
      letters.splice(Math.floor(change.at * letters.length), change.remove, change.insert);
      session.setBuffer(path, letters.join(''));
      return;
    }
    case 'open':
      if (text !== undefined) session.setBuffer(path, text);
      return;
    case 'close':
      session.closeBuffer(path);
      return;
    case 'save':
      disk.write(path, open.get(path)?.text ?? '');
      return session.refresh([path]);
    case 'write':
      disk.write(path, start[path] ?? deployment);
      return session.refresh([path]);
    case 'delete':
      disk.remove(path);
      return session.refresh([path]);
    case 'move':
      disk.write(change.to, text ?? '');
      if (change.to !== path) disk.remove(path);
      return session.refresh([path, change.to]);
  }
}

/** All that a user sees of a session. */
async function answers(session: Session) {
  const { graph } = session.view;
  const files = [...filesOf(session.workspace.snapshot)].sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    documents: files.map(({ path, documents }) => ({ path, documents })),
    references: files.map((file) => graph.referencesFrom(file)),
    users: [...places, '/repo/base', '/repo/new'].map((path) =>
      graph
        .referencesTo(path)
        .map(({ file }) => file.path)
        .sort(),
    ),
    overlays: files.map(({ path }) =>
      overlaysOf(graph, path)
        .map(({ directory }) => directory)
        .sort(),
    ),
    skipped: session.workspace.snapshot.skipped,
    tree: objectTree(session.view, () => 0),
    findings: await checkWorkspace(session, () => true),
  };
}

test('incremental answers are those of a fresh start', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 12 }), fc.boolean(), async (edits, askedBetween) => {
      const disk = new MemoryFiles();
      for (const [path, text] of Object.entries(start)) disk.write(path, text);
      const session = started(disk);
      const fresh = started(disk);
      try {
        await session.openFolders(['/repo']);
        for (const change of edits) {
          if (askedBetween) await answers(session);
          await apply(session, disk, change);
        }
        await fresh.openFolders(['/repo']);
        for (const [path, { text }] of session.workspace.snapshot.open) fresh.setBuffer(path, text);
        assert.deepEqual(await answers(session), await answers(fresh));
      } finally {
        session.dispose();
        fresh.dispose();
      }
    }),
    runs(25),
  );
});
