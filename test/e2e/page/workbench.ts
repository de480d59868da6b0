// What a person does in the editor's window: open a file, go to a place, type, read, point at something.
import type { Locator, Page } from 'playwright-core';
import { until } from '../eventually.ts';

/** Waits until the window can be used. */
export async function workbenchReady(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .part.editor').waitFor();
  await page.locator('.statusbar-item.left').first().waitFor();
}

/** Opens a file, by its path in the workspace, through quick open; waits for its editor and gives it. */
export async function openFile(page: Page, path: string): Promise<Locator> {
  await page.keyboard.press('ControlOrMeta+P');
  await page.locator('.quick-input-widget input').fill(path);
  // The list begins with files that were open before, of the same name or not.
  const folder = path.slice(0, path.lastIndexOf('/'));
  await page
    .locator('.quick-input-list .monaco-list-row', { hasText: folder })
    .filter({ hasText: path.slice(folder.length + 1) })
    .first()
    .click();
  const opened = editor(page, path);
  await opened.waitFor();
  await opened.locator('.view-line').first().waitFor();
  return opened;
}

/** The visible editor of the document whose URI ends with `ending`. */
export function editor(page: Page, ending: string): Locator {
  return page.locator(`.editor-instance .monaco-editor[data-uri$="${ending}"]`);
}

/** The visible editor of a rendered preview. */
export function preview(page: Page): Locator {
  return page.locator('.editor-instance .monaco-editor[data-uri^="drydock-rendered:"]');
}

/** What is read of a line in the page, whose types this project does not have. */
interface LineElement {
  readonly style: { readonly top: string };
  readonly textContent: string;
}

/** The lines that an editor shows now, top to bottom. */
export async function visibleLines(shown: Locator): Promise<string[]> {
  const lines = await shown
    .locator('.view-lines .view-line')
    .evaluateAll((elements: readonly LineElement[]) =>
      elements.map(({ style, textContent }) => ({ top: Number.parseFloat(style.top), text: textContent })),
    );
  return lines.sort((a, b) => a.top - b.top).map(({ text }) => text.replaceAll('\u00a0', ' '));
}

/** Selects `text` in the editor, where it is shown, by the editor's own search. */
export async function select(page: Page, shown: Locator, text: string): Promise<void> {
  await shown.locator('.view-lines').click();
  await page.keyboard.press('ControlOrMeta+F');
  const find = shown.locator('.find-widget textarea[aria-label="Find"]');
  await find.fill(text);
  await shown.locator('.find-widget .matchesCount', { hasText: /^\d+ of/ }).waitFor();
  await find.press('Escape');
}

/** Replaces the first occurrence of `from` by typing `to`. */
export async function retype(page: Page, shown: Locator, from: string, to: string): Promise<void> {
  await select(page, shown, from);
  await page.keyboard.type(to);
}

/** Runs a command by its title in the command palette. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
}

/** Clicks the button in the title of the active editor group. */
export async function clickTitleButton(page: Page, label: string): Promise<void> {
  await page.locator(`.editor-group-container.active .editor-actions a.action-label[aria-label*="${label}"]`).click();
}

/** Waits until the browser has stored a state of the window that contains `text`: VS Code saves every few seconds. */
export async function savedState(page: Page, text: string): Promise<void> {
  const stored = `(async () => {
    const wait = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error); });
    const found = [];
    for (const { name } of await indexedDB.databases()) {
      if (!name.startsWith('vscode-web-state-db-')) continue;
      const database = await wait(indexedDB.open(name));
      for (const store of database.objectStoreNames) found.push(...await wait(database.transaction(store).objectStore(store).getAll()));
      database.close();
    }
    return JSON.stringify(found);
  })()`;
  await until(`${text} to be saved`, async () => (await page.evaluate<string>(stored)).includes(text));
}
