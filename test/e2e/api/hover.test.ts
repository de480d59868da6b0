import assert from 'node:assert/strict';
import { type Hover, type TextDocument, MarkdownString, commands } from 'vscode';
import { openFile, positionOf } from './editing.ts';
import { eventually } from '../eventually.ts';
import { shop } from './shop.ts';
import { useRepository } from './use-repository.ts';

describe('Hover', () => {
  const repository = useRepository(shop);

  it('explains a field of a Flux Kustomization', async () => {
    const document = await openFile(repository.uri('clusters/production/shop.yaml'));
    assert.match(await hoverAt(document, 'interval'), /\*\*interval\*\* · `string` · required/);
  });

  it('explains a field of an Argo CD Application', async () => {
    const document = await openFile(repository.uri('argocd/shop.yaml'));
    assert.match(await hoverAt(document, 'targetRevision'), /revision/i);
  });

  it('explains a field of a kustomization', async () => {
    const document = await openFile(repository.uri('overlays/dev/kustomization.yaml'));
    assert.match(await hoverAt(document, 'namePrefix'), /prefix/i);
  });
});

async function hoverAt(document: TextDocument, field: string): Promise<string> {
  const position = positionOf(document, field, 1);
  return eventually(`a hover on ${field}`, async () => {
    const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, position);
    const texts = hovers.flatMap(({ contents }) => contents).map((content) => (content instanceof MarkdownString ? content.value : ''));
    return texts.join('\n') || undefined;
  });
}
