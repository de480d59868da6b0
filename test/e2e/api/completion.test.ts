import assert from 'node:assert/strict';
import { type CompletionItem, type CompletionList, type TextDocument, commands } from 'vscode';
import { openFile, positionOf, replace } from './editing.ts';
import { eventually } from '../eventually.ts';
import { shop } from './shop.ts';
import { useRepository } from './use-repository.ts';

describe('Completion', () => {
  const repository = useRepository(shop);

  it('offers the fields of a Flux Kustomization that are not there yet', async () => {
    const document = await openFile(repository.uri('clusters/production/shop.yaml'));
    await replace(document, '  prune: true\n', '  prune: true\n  \n');
    const labels = await completionsAfter(document, 'prune: true\n  ', 'targetNamespace');
    assert.ok(!labels.includes('interval'), 'a field that is there is offered again');
  });

  it('offers the values that a field may have', async () => {
    const document = await openFile(repository.uri('clusters/production/shop.yaml'));
    await replace(document, 'kind: GitRepository', 'kind: ');
    await completionsAfter(document, 'sourceRef:\n    kind: ', 'OCIRepository');
  });
});

async function completionsAfter(document: TextDocument, text: string, expected: string): Promise<string[]> {
  const position = positionOf(document, text, text.length);
  return eventually(`the completion ${expected}`, async () => {
    const list = await commands.executeCommand<CompletionList>('vscode.executeCompletionItemProvider', document.uri, position);
    const labels = list.items.map(labelOf);
    return labels.includes(expected) ? labels : undefined;
  });
}

function labelOf({ label }: CompletionItem): string {
  return typeof label === 'string' ? label : label.label;
}
