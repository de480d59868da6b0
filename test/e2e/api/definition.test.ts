import assert from 'node:assert/strict';
import { Uri, commands } from 'vscode';
import type { Location, LocationLink } from 'vscode';
import { closeEverything, openFile, positionOf } from './editing.ts';
import { eventually } from './eventually.ts';
import { writeRepository } from './repository.ts';
import type { Repository } from './repository.ts';
import { shop } from './shop.ts';

describe('Go to definition', () => {
  let repository: Repository;
  before(async () => {
    repository = await writeRepository(shop);
  });
  after(async () => {
    await closeEverything();
    await repository.remove();
  });

  const cases = [
    { from: 'a file under resources', file: 'base/kustomization.yaml', on: 'settings.yaml', to: 'base/settings.yaml' },
    { from: 'a folder under resources', file: 'overlays/dev/kustomization.yaml', on: '../../base', to: 'base/kustomization.yaml' },
    { from: 'the path of a patch', file: 'overlays/production/kustomization.yaml', on: 'color.yaml', to: 'overlays/production/color.yaml' },
    {
      from: 'the path of a Flux Kustomization',
      file: 'clusters/production/shop.yaml',
      on: './overlays/production',
      to: 'overlays/production/kustomization.yaml',
    },
    { from: 'the path of an Application', file: 'argocd/shop.yaml', on: 'overlays/dev', to: 'overlays/dev/kustomization.yaml' },
  ];
  for (const { from, file, on, to } of cases) {
    it(`leads from ${from} to the file`, async () => {
      const document = await openFile(repository.uri(file));
      const position = positionOf(document, on, 3);
      const target = await eventually(`a definition of ${on}`, async () => {
        const found = await commands.executeCommand<(Location | LocationLink)[]>(
          'vscode.executeDefinitionProvider',
          document.uri,
          position,
        );
        return found.map(targetOf)[0];
      });
      assert.equal(target.toString(), repository.uri(to).toString());
    });
  }
});

function targetOf(found: Location | LocationLink): Uri {
  return 'targetUri' in found ? found.targetUri : found.uri;
}
