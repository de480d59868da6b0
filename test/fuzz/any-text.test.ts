// Whatever a file holds, it is read and checked without a crash, and no part of it is lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { entriesOf, pathAt } from '../../server/src/workspace/yaml-path.ts';
import { MemoryFiles } from './memory-files.ts';
import { Session } from '../../server/src/session/session.ts';
import { checkWorkspace } from '../../server/src/session/check.ts';
import { defaultSettings } from '../../protocol/src/options.ts';
import { definition } from '../../server/src/features/definition.ts';
import { fileAt } from '../../server/src/workspace/snapshot.ts';
import { hover } from '../../server/src/features/hover.ts';
import { maskSecrets } from '../../server/src/features/mask-secrets.ts';
import { runs } from './runs.ts';
import { sourceFile } from '../../server/src/workspace/source-file.ts';
import { testAssets } from '../fixture/assets.ts';
import { treeOf } from '../../server/src/workspace/yaml-document.ts';
import { yamlText } from './yaml-text.ts';

const assets = await testAssets();

test('documents are the whole text, each of them has a tree, and places lie inside', () => {
  fc.assert(
    fc.property(yamlText, fc.nat(), (text, anywhere) => {
      const { documents } = sourceFile('/repo/a.yaml', text);
      assert.equal(documents.map(({ document }) => document.text).join(''), text);
      for (const { document } of documents) {
        const tree = treeOf(document);
        const found = pathAt(tree, anywhere % (document.text.length + 1));
        if (found) assert.ok(0 <= found.span.start && found.span.start <= found.span.end && found.span.end <= document.text.length);
        entriesOf(tree, tree.contents);
      }
    }),
    runs(1000),
  );
});

test('an edited file is the same as one that is read anew', () => {
  fc.assert(
    fc.property(yamlText, yamlText, (before, after) => {
      const edited = sourceFile('/repo/a.yaml', after, sourceFile('/repo/a.yaml', before));
      const anew = sourceFile('/repo/a.yaml', after);
      assert.deepEqual(edited.documents, anew.documents);
    }),
    runs(500),
  );
});

test('masking ends, whatever is rendered', () => {
  fc.assert(
    fc.property(yamlText, (text) => typeof maskSecrets(`apiVersion: v1\nkind: Secret\n${text}`) === 'string'),
    runs(500),
  );
});

test('any text is checked, hovered and followed without an error', async () => {
  const session = new Session({
    disk: new MemoryFiles(),
    assets,
    engine: 'none',
    cache: '/nowhere',
    settings: () => defaultSettings,
    log: () => undefined,
  });
  const path = fc.constantFrom('/repo/kustomization.yaml', '/repo/a.yaml', '/repo/base/Kustomization');
  await fc.assert(
    fc.asyncProperty(path, yamlText, fc.nat(), async (place, text, anywhere) => {
      session.setBuffer(place, text);
      const checked = await checkWorkspace(session, () => true);
      assert.ok(
        !checked.some(({ findings }) => findings.some(({ code }) => code === 'not-checked')),
        'the schema service failed for a reason that nobody knows',
      );
      const file = fileAt(session.workspace.snapshot, place);
      assert.ok(file);
      hover(session.schemas, file, anywhere % (text.length + 1));
      definition(session.view, file, anywhere % (text.length + 1));
      session.closeBuffer(place);
    }),
    runs(150),
  );
});

test('any bytes on disk are read or left out', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      const disk = new MemoryFiles([
        ['/repo', 'directory'],
        ['/repo/a.yaml', bytes],
      ]);
      const session = new Session({
        disk,
        assets,
        engine: 'none',
        cache: '/nowhere',
        settings: () => defaultSettings,
        log: () => undefined,
      });
      await session.openFolders(['/repo']);
      const { saved, skipped } = session.workspace.snapshot;
      assert.equal(saved.size + skipped.length, 1);
      await checkWorkspace(session, () => true);
    }),
    runs(30),
  );
});
