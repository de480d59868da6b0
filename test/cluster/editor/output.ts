// The panel "Output", as a person reads it.
import type { Page } from 'playwright-core';
import { eventually } from '../../e2e/eventually.ts';
import { visibleLines } from '../../e2e/page/workbench.ts';
import { patient } from '../converge.ts';

/** The lines that can be seen of it, top to bottom. */
export function outputLines(page: Page): Promise<string[]> {
  return visibleLines(page.locator('.panel .monaco-editor'));
}

/** Waits until it shows these words. */
export async function outputShows(page: Page, words: string): Promise<void> {
  const shows = async (): Promise<true | undefined> => (await outputLines(page)).join('\n').includes(words) || undefined;
  await eventually(`the output '${words}'`, shows, patient).catch(async (error: unknown) => {
    throw new Error((await outputLines(page)).join('\n'), { cause: error });
  });
}
