import assert from 'node:assert/strict';
import {
  type DocumentSymbol,
  type FoldingRange,
  type TextDocument,
  type Uri,
  Selection,
  TabInputTextDiff,
  commands,
  env,
  window,
  workspace,
} from 'vscode';
import { openFile, positionOf, replace } from './editing.ts';
import { eventually, until } from '../eventually.ts';
import { shop } from './shop.ts';
import { useRepository } from './use-repository.ts';

const files = {
  ...shop,
  'base/kustomization.yaml': 'resources:\n  - settings.yaml\n  - login.yaml\n',
  'base/login.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: login
  namespace: bank
stringData:
  password: hunter2
`,
};

describe('The rendered document', () => {
  const repository = useRepository(files);
  let preview: TextDocument;
  beforeEach(async () => {
    const kustomization = await openFile(repository.uri('overlays/production/kustomization.yaml'));
    preview = await openPreview(kustomization.uri);
    await until('the rendering', () => preview.getText().includes('kind: Secret'));
  });

  it('has its resources as outline, and folds', async () => {
    const symbols = await commands.executeCommand<DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', preview.uri);
    assert.deepEqual(
      symbols.map(({ name, detail }) => [name, detail]),
      [
        ['ConfigMap settings', ''],
        ['Secret login', 'bank'],
      ],
    );
    const folds = await commands.executeCommand<FoldingRange[]>('vscode.executeFoldingRangeProvider', preview.uri);
    const firstLines = folds.map(({ start }) => preview.lineAt(start).text);
    assert.deepEqual(firstLines, ['apiVersion: v1', 'data:', 'metadata:', 'apiVersion: v1', 'metadata:', 'stringData:']);
  });

  it('shows only what a filter matches, also when it is rendered again', async () => {
    await commands.executeCommand('drydock.filterPreview', preview.uri, 'ConfigMap/*');
    await until('the filter', () => preview.lineAt(0).text.includes('1 of 2 resources (filter: ConfigMap/*)'));
    assert.ok(!preview.getText().includes('Secret'));
    const patch = await openFile(repository.uri('overlays/production/color.yaml'));
    await replace(patch, 'green', 'purple');
    await until('the edit', () => preview.getText().includes('color: purple'));
    assert.match(preview.lineAt(0).text, /1 of 2 resources \(filter: ConfigMap\/\*\), .*with unsaved changes$/);

    await commands.executeCommand('drydock.clearFilter', preview.uri);
    await until('all resources', () => preview.getText().includes('kind: Secret'));
    assert.match(preview.lineAt(0).text, /: 2 resources,/);
  });

  it('copies the resource at the cursor, and all, with secrets masked', async () => {
    const editor = await window.showTextDocument(preview);
    const cursor = positionOf(preview, 'name: login');
    editor.selection = new Selection(cursor, cursor);
    await commands.executeCommand('drydock.copyResource');
    const copied = await env.clipboard.readText();
    assert.match(copied, /^apiVersion: v1\nkind: Secret\n[^]*password: "\*{8}"\n$/);
    await commands.executeCommand('drydock.copyRendering');
    const all = await env.clipboard.readText();
    assert.equal(all, body(preview));
    assert.ok(all.includes(copied));
  });

  it('is compared with the saved files, and follows what is typed', async () => {
    const patch = await openFile(repository.uri('overlays/production/color.yaml'));
    await replace(patch, 'green', 'purple');
    await until('the edit', () => preview.getText().includes('color: purple'));
    await commands.executeCommand('drydock.compareWithSaved', preview.uri);
    const { original, modified } = await eventually('the comparison', shownDiff);
    assert.equal(modified.toString(), preview.uri.toString());
    const saved = await workspace.openTextDocument(original);
    assert.match(saved.getText(), /color: green/);
    assert.match(preview.getText(), /color: purple/);
    await patch.save();
    await until('the saved files', () => saved.getText().includes('color: purple'));
  });

  it('is compared with what it was when it was opened', async () => {
    const before = body(preview);
    const patch = await openFile(repository.uri('overlays/production/color.yaml'));
    await replace(patch, 'green', 'purple');
    await until('the edit', () => preview.getText().includes('color: purple'));
    await commands.executeCommand('drydock.compareWithOpened', preview.uri);
    const { original } = await eventually('the comparison', shownDiff);
    assert.equal(body(await workspace.openTextDocument(original)), before);
  });

  it('is compared with another rendering, which is rendered for it', async () => {
    const other = preview.uri.with({ path: preview.uri.path.replace('production', 'dev') });
    await commands.executeCommand('drydock.compareWith', preview.uri, other);
    const { original } = await eventually('the comparison', shownDiff);
    const document = await workspace.openTextDocument(original);
    await until('the other rendering', () => document.getText().includes('name: dev-settings'));
  });

  it('names the branch and the commit that it was rendered from', async () => {
    await until('the heading', () => /: 2 resources, main at [0-9a-f]{7}$/.test(preview.lineAt(0).text));
  });
});

async function openPreview(source: Uri): Promise<TextDocument> {
  // Again and again: the server may not have heard of the new files yet.
  return eventually('the preview', async () => {
    await commands.executeCommand('drydock.openPreviewToSide', source);
    // Documents of tests before may still be there.
    const folder = source.path.slice(0, source.path.lastIndexOf('/'));
    return workspace.textDocuments.find(
      ({ uri, isClosed }) => uri.scheme === 'drydock-rendered' && uri.path === `${folder}.rendered` && uri.fragment === '' && !isClosed,
    );
  });
}

/** What stands below the heading. */
function body(document: TextDocument): string {
  return document.getText().slice(document.lineAt(0).text.length + 1);
}

function shownDiff(): TabInputTextDiff | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof TabInputTextDiff ? input : undefined;
}
