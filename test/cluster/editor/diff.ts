// Diffs with a cluster, as a person sees them in the window.
import type { Locator, Page } from 'playwright-core';
import { visibleLines } from '../../e2e/page/workbench.ts';

/** The diff editor that is shown. */
export function diffEditor(page: Page): Locator {
  return page.locator('.editor-instance .monaco-diff-editor');
}

/** What its two sides show, as text. */
export async function sides(page: Page): Promise<{ readonly live: string; readonly other: string }> {
  const side = async (name: string): Promise<string> => (await visibleLines(diffEditor(page).locator(`.editor.${name}`))).join('\n');
  return { live: await side('original'), other: await side('modified') };
}

/** The entries of the list of that title, once it is shown for choosing: what is read out of each. */
export async function choices(page: Page, title: string): Promise<string[]> {
  const list = page.locator('.quick-input-widget', { has: page.locator('.quick-input-title', { hasText: title }) });
  const entries = list.locator('.quick-input-list .monaco-list-row');
  await entries.first().waitFor();
  return entries.evaluateAll((elements: readonly { getAttribute(name: string): string | null }[]) =>
    elements.map((element) => element.getAttribute('aria-label') ?? ''),
  );
}
