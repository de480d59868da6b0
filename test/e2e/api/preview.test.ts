import assert from 'node:assert/strict';
import { type CodeLens, type Location, type TextDocument, type Uri, TabInputText, commands, languages, window, workspace } from 'vscode';
import { openFile, positionOf, replace } from './editing.ts';
import { becomes, eventually, until } from '../eventually.ts';
import { shop } from './shop.ts';
import { useRepository } from './use-repository.ts';

const rendered = (color: string) => `apiVersion: v1
data:
  color: ${color}
kind: ConfigMap
metadata:
  name: settings
`;

describe('Rendered preview', () => {
  const repository = useRepository(shop);

  it('shows beside the kustomization what kustomize builds, and leaves the focus in the source', async () => {
    const kustomization = await openFile(repository.uri('overlays/production/kustomization.yaml'));
    const preview = await openPreview(kustomization.uri);
    await becomes(() => body(preview), rendered('green'));
    assert.equal(preview.languageId, 'drydock-rendered');
    assert.equal(window.activeTextEditor?.document, kustomization);
    assert.deepEqual(
      window.tabGroups.all.map(({ tabs }) => tabs.length),
      [1, 1],
    );
  });

  it('opens from a patch, whose only overlay it shows', async () => {
    const patch = await openFile(repository.uri('overlays/production/color.yaml'));
    const preview = await openPreview(patch.uri);
    await becomes(() => body(preview), rendered('green'));
  });

  it('follows an edit that is not saved', async () => {
    const patch = await openFile(repository.uri('overlays/production/color.yaml'));
    const preview = await openPreview(patch.uri);
    await becomes(() => body(preview), rendered('green'));
    await replace(patch, 'green', 'purple');
    await becomes(() => body(preview), rendered('purple'));
    assert.ok(patch.isDirty);
  });

  it('keeps the last good rendering, marked, while the source is broken, and recovers', async () => {
    const patch = await openFile(repository.uri('overlays/production/color.yaml'));
    const preview = await openPreview(patch.uri);
    await becomes(() => body(preview), rendered('green'));

    await replace(patch, 'data:\n', 'data: [\n');
    await until('the mark', () => heading(preview).includes('LAST GOOD RENDERING'));
    assert.equal(body(preview), rendered('green'));
    await until('the error at the source', () => languages.getDiagnostics(patch.uri).length > 0);

    await replace(patch, 'data: [\n', 'data:\n');
    await until('the mark to vanish', () => !heading(preview).includes('LAST GOOD RENDERING'));
    assert.equal(body(preview), rendered('green'));
  });

  it('shows the error of a render at the entry of the kustomization that causes it', async () => {
    const kustomization = await openFile(repository.uri('overlays/production/kustomization.yaml'));
    const preview = await openPreview(kustomization.uri);
    await becomes(() => body(preview), rendered('green'));
    await replace(kustomization, '../../base', '../../bass');
    await until('the mark', () => heading(preview).includes('LAST GOOD RENDERING'));
    await until('the finding', () =>
      languages.getDiagnostics(kustomization.uri).some(({ range }) => kustomization.getText(range).includes('bass')),
    );
  });

  it('opens once for an overlay', async () => {
    const kustomization = await openFile(repository.uri('overlays/production/kustomization.yaml'));
    await openPreview(kustomization.uri);
    await openFile(repository.uri('overlays/production/color.yaml'));
    await commands.executeCommand('drydock.openPreviewToSide', repository.uri('overlays/production/color.yaml'));
    assert.equal(previewTabs().length, 1);
  });

  it('is one of several, each of which follows its own overlay', async () => {
    const patch = await openFile(repository.uri('overlays/production/color.yaml'));
    const production = await openPreview(patch.uri);
    await openFile(repository.uri('overlays/dev/kustomization.yaml'));
    await commands.executeCommand('drydock.openPreviewToSide', repository.uri('overlays/dev/kustomization.yaml'));
    const dev = await eventually('the other preview', () => openedPreviews().find((each) => each !== production));
    const devRendered = (color: string): string => rendered(color).replace('name: ', 'name: dev-');
    await becomes(() => body(dev), devRendered('blue'));
    await becomes(() => body(production), rendered('green'));
    assert.equal(previewTabs().length, 2);

    await replace(patch, 'green', 'purple');
    await becomes(() => body(production), rendered('purple'));
    assert.equal(body(dev), devRendered('blue'));
    const base = await openFile(repository.uri('base/settings.yaml'));
    await replace(base, 'blue', 'yellow');
    await becomes(() => body(dev), devRendered('yellow'));
    assert.equal(body(production), rendered('purple'));
  });

  it('is where the references of a value in a source lead', async () => {
    const patch = await openFile(repository.uri('overlays/production/color.yaml'));
    const preview = await openPreview(patch.uri);
    await becomes(() => body(preview), rendered('green'));
    const texts = async (): Promise<string[]> => {
      const found = await commands.executeCommand<Location[]>('vscode.executeReferenceProvider', patch.uri, positionOf(patch, 'green'));
      return found.filter(({ uri }) => uri.toString() === preview.uri.toString()).map(({ range }) => preview.getText(range));
    };
    await until('the value in the preview', async () => (await texts()).join() === 'green');
  });

  it('goes on after the language server was restarted', async () => {
    const patch = await openFile(repository.uri('overlays/production/color.yaml'));
    const preview = await openPreview(patch.uri);
    await becomes(() => body(preview), rendered('green'));
    await commands.executeCommand('drydock.restartServer');
    await replace(patch, 'green', 'purple');
    await becomes(() => body(preview), rendered('purple'));
  });

  it('is offered by a code lens above the kustomization', async () => {
    const kustomization = await openFile(repository.uri('overlays/production/kustomization.yaml'));
    const lens = await eventually('the code lens', async () => {
      const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', kustomization.uri);
      return lenses.find(({ command }) => command?.command === 'drydock.openPreviewToSide');
    });
    await commands.executeCommand('drydock.openPreviewToSide', ...((lens.command?.arguments ?? []) as unknown[]));
    const preview = await eventually('the preview', openedPreview);
    await becomes(() => body(preview), rendered('green'));
  });
});

async function openPreview(source: Uri): Promise<TextDocument> {
  // Again and again: the server may not have heard of the new files yet.
  return eventually('the preview', async () => {
    await commands.executeCommand('drydock.openPreviewToSide', source);
    return openedPreview();
  });
}

function openedPreview(): TextDocument | undefined {
  return openedPreviews()[0];
}

function openedPreviews(): TextDocument[] {
  return workspace.textDocuments.filter(
    ({ uri, isClosed }) => uri.scheme === 'drydock-rendered' && !isClosed && previewTabs().includes(uri.toString()),
  );
}

function previewTabs(): string[] {
  const inputs = window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
  return inputs.flatMap((input) =>
    input instanceof TabInputText && input.uri.scheme === 'drydock-rendered' ? [input.uri.toString()] : [],
  );
}

/** The first line, a comment. */
function heading(preview: TextDocument): string {
  return preview.lineAt(0).text;
}

function body(preview: TextDocument): string {
  return preview.getText().slice(heading(preview).length + 1);
}
