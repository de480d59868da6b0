import assert from 'node:assert/strict';
import { type Location, type LocationLink, type Uri, commands } from 'vscode';
import { openFile, positionOf } from './editing.ts';
import { eventually } from '../eventually.ts';
import { sample } from './repository.ts';
import { shop } from './shop.ts';
import { useRepository } from './use-repository.ts';

describe('Go to definition', () => {
  const repository = useRepository(shop);

  const entries = [
    { from: 'a file under resources', file: 'base/kustomization.yaml', on: 'settings.yaml', to: 'base/settings.yaml' },
    { from: 'a folder under resources', file: 'overlays/dev/kustomization.yaml', on: '../../base', to: 'base/kustomization.yaml' },
    { from: 'the path of a patch', file: 'overlays/production/kustomization.yaml', on: 'color.yaml', to: 'overlays/production/color.yaml' },
  ];
  for (const { from, file, on, to } of entries) {
    it(`leads from ${from} to the file`, async () => {
      assert.equal(await definitionOf(repository.uri(file), on), repository.uri(to).toString());
    });
  }

  const paths = [
    {
      from: 'a Flux Kustomization',
      file: 'clusters/dev/infrastructure.yaml',
      on: './infrastructure/configs',
      to: 'infrastructure/configs/kustomization.yaml',
    },
    {
      from: 'an Application',
      file: 'argocd/production/payment.yaml',
      on: 'apps/payment/overlays/production',
      to: 'apps/payment/overlays/production/kustomization.yaml',
    },
  ];
  for (const { from, file, on, to } of paths) {
    it(`leads from the path of ${from} to the kustomization that it deploys`, async () => {
      assert.equal(await definitionOf(sample(file), on), sample(to).toString());
    });
  }
});

async function definitionOf(uri: Uri, text: string): Promise<string> {
  const document = await openFile(uri);
  const position = positionOf(document, text, 3);
  const target = await eventually(`a definition of ${text}`, async () => {
    const found = await commands.executeCommand<(Location | LocationLink)[]>('vscode.executeDefinitionProvider', document.uri, position);
    return found.map(targetOf)[0];
  });
  return target.toString();
}

function targetOf(found: Location | LocationLink): Uri {
  return 'targetUri' in found ? found.targetUri : found.uri;
}
