// A window of VS Code for a page suite, with the packaged extension, on a fresh copy of samples/.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../../scripts/cache.ts';
import { vsix } from '../../../scripts/vsix.ts';
import { workbenchReady } from '../page/workbench.ts';
import { type Editor, startEditor } from './editor.ts';

/** Where pictures are kept. */
export const screenshots = path.join(root, 'out', 'screenshots');
/** Where those of the page suites are, of failures only. */
export const failures = path.join(screenshots, 'failed');

/** The window of a suite; it is there from the first `before` on. */
export interface SuiteWindow {
  readonly page: Page;
  /** Absolute path of the folder that is open, a repository of its own. */
  readonly folder: string;
}

let editor: Promise<Editor> | undefined;

/** Closes the one VS Code that all suites share, if any suite needed it. */
export async function closeSharedEditor(): Promise<void> {
  await (await editor)?.[Symbol.asyncDispose]();
}

/** Opens a window before the first test of the enclosing `describe` and closes it after the last; a failing test leaves a picture. */
export function useWindow(): SuiteWindow {
  let opened: SuiteWindow | undefined;
  before('open a window', async () => {
    editor ??= vsix().then((file) => startEditor({ kind: 'installed', vsix: file }));
    const { copyOfSamples, openWindow } = await editor;
    const folder = await copyOfSamples();
    const page = await openWindow(folder);
    opened = { page, folder };
    await workbenchReady(page);
  });
  afterEach('picture of a failure', async function () {
    if (this.currentTest?.state !== 'failed') return;
    await mkdir(failures, { recursive: true });
    const name = this.currentTest.fullTitle().replace(/[^\p{L}\p{N}]+/gu, '-');
    await opened?.page.screenshot({ path: path.join(failures, `${name}.png`) });
  });
  after('close the window', async () => {
    await opened?.page.context().close();
  });
  const current = (): SuiteWindow => {
    if (!opened) throw new Error('The window opens before the first test.');
    return opened;
  };
  return {
    get page() {
      return current().page;
    },
    get folder() {
      return current().folder;
    },
  };
}
