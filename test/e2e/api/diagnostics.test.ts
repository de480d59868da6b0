import assert from 'node:assert/strict';
import { type Diagnostic, type Uri, DiagnosticSeverity, languages } from 'vscode';
import { openFile, replace } from './editing.ts';
import { eventually, until } from '../eventually.ts';
import { sample } from './repository.ts';
import { shop } from './shop.ts';
import { useRepository } from './use-repository.ts';

describe('Diagnostics', () => {
  const repository = useRepository(shop);

  it('appear where an entry of a kustomization leads nowhere, and vanish when it is mended', async () => {
    const kustomization = await openFile(repository.uri('base/kustomization.yaml'));
    await replace(kustomization, 'settings.yaml', 'setings.yaml');
    const found = await firstFinding(kustomization.uri, 'setings.yaml');
    assert.equal(found.severity, DiagnosticSeverity.Error);
    assert.equal(kustomization.getText(found.range), 'setings.yaml');
    assert.equal(found.source, 'drydock');

    await replace(kustomization, 'setings.yaml', 'settings.yaml');
    await until('the finding to vanish', () => findings(kustomization.uri).length === 0);
  });

  it('tell of a value that the schema of a Flux Kustomization forbids', async () => {
    const document = await openFile(repository.uri('clusters/production/shop.yaml'));
    await replace(document, 'prune: true', 'prune: sometimes');
    const found = await firstFinding(document.uri, 'prune');
    assert.equal(found.range.start.line, document.positionAt(document.getText().indexOf('sometimes')).line);
  });

  it('tell of a path that is not in the repository', async () => {
    const document = await openFile(sample('argocd/production/payment.yaml'));
    await replace(document, 'apps/payment/overlays/production', 'apps/payment/overlays/prodution');
    const found = await firstFinding(document.uri, 'not in this repository');
    assert.equal(document.getText(found.range), 'apps/payment/overlays/prodution');
  });

  it('tell of broken YAML, and of nothing else in the folder', async () => {
    const document = await openFile(repository.uri('overlays/production/color.yaml'));
    await replace(document, 'data:\n', 'data: [\n');
    await eventually('the syntax error', () => findings(document.uri)[0]);
    assert.deepEqual(findings(repository.uri('base/settings.yaml')), []);
  });
});

function findings(uri: Uri): readonly Diagnostic[] {
  return languages.getDiagnostics(uri);
}

function firstFinding(uri: Uri, about: string): Promise<Diagnostic> {
  return eventually(`a finding about ${about}`, () => findings(uri).find(({ message }) => message.includes(about)));
}
