// Diffs with a cluster, as a person sees them in the window.
import type { Locator, Page } from 'playwright-core';
import { runCommand, visibleLines } from '../../e2e/page/workbench.ts';

/** The diff editor that is shown. */
export function diffEditor(page: Page): Locator {
  return page.locator('.editor-instance .monaco-diff-editor');
}

/** What its two sides show, as text. */
export async function sides(page: Page): Promise<{ readonly live: string; readonly other: string }> {
  const side = async (name: string): Promise<string> => (await visibleLines(diffEditor(page).locator(`.editor.${name}`))).join('\n');
  return { live: await side('original'), other: await side('modified') };
}

/** The entries of the list that is shown for choosing: `label | description | detail`. */
export async function choices(page: Page): Promise<string[]> {
  const entries = page.locator('.quick-input-list .monaco-list-row');
  await entries.first().waitFor();
  return (await entries.all()).reduce(
    async (before, entry) => [...(await before), ((await entry.getAttribute('aria-label')) ?? '').replace(/\s+/g, ' ').trim()],
    Promise.resolve<string[]>([]),
  );
}

/** Waits until a notification, of those that have come, says this. */
export async function isTold(page: Page, words: string | RegExp): Promise<void> {
  const center = page.locator('.notifications-center');
  if (!(await center.isVisible())) await runCommand(page, 'Notifications: Show Notifications');
  await center.locator('.notification-list-item-message', { hasText: words }).first().waitFor();
}
