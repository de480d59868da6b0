// The view "Clusters", as a person finds it in the window.
import type { Locator, Page } from 'playwright-core';
import { eventually } from '../../e2e/eventually.ts';
import { patient } from '../converge.ts';
import { screenshot } from './screenshot.ts';

/** Opens the side bar of Drydock and, of its views, only "Clusters"; then these rows, each below the one before. */
export async function openClusters(page: Page, ...labels: readonly string[]): Promise<void> {
  const header = (name: string): Locator => page.locator(`.pane-header[aria-label^="${name}"]`);
  // A second click closes it.
  if (!(await header('Clusters').isVisible())) await showContainer(page, 'Drydock');
  await header('Clusters').waitFor();
  if ((await header('GitOps Objects').getAttribute('aria-expanded')) === 'true') await header('GitOps Objects').click();
  if ((await header('Clusters').getAttribute('aria-expanded')) !== 'true') await header('Clusters').click();
  for (const label of labels) await open(page, label);
}

/** Clicks on a view container of the activity bar; its badge, which may lie over its icon, is part of it. */
export async function showContainer(page: Page, name: string): Promise<void> {
  await page.locator('.activitybar .action-item', { has: page.locator(`.action-label[aria-label^="${name}"]`) }).click();
}

/** A row by its label. */
export function row(page: Page, label: string): Locator {
  return page.locator('.pane-body .monaco-list-row', { has: page.getByText(label, { exact: true }) }).first();
}

/** Opens the row of that label, and waits until it is open. */
export async function open(page: Page, label: string): Promise<void> {
  const found = row(page, label);
  await found.waitFor();
  const isOpen = found.and(page.locator('[aria-expanded="true"]'));
  await eventually(
    `${label} to be open`,
    async () => {
      if (await isOpen.isVisible()) return true;
      await found.locator('.monaco-tl-twistie').click();
      // A click may be lost to rows that are drawn anew.
      return isOpen.waitFor({ timeout: 3_000 }).then(
        () => true as const,
        () => undefined,
      );
    },
    patient,
  );
}

/** The rows that can be seen, top to bottom, as `label | description`. */
export async function rows(page: Page): Promise<string[]> {
  const found = page.locator('.pane-body .customview-tree .monaco-list-row');
  const texts: { top: number; text: string }[] = [];
  for (const each of await found.all()) {
    const box = await each.boundingBox();
    const label = await each.locator('.label-name').first().textContent();
    const description = await each.locator('.label-description').allTextContents();
    if (box) texts.push({ top: box.y, text: [label ?? '', ...description].join(' | ') });
  }
  return texts.sort((a, b) => a.top - b.top).map(({ text }) => text);
}

/** Chooses from the menu of the row of that label, once it has the entry. */
export async function choose(page: Page, label: string, entry: string): Promise<void> {
  const menu = page.locator('.monaco-menu').last();
  const wanted = menu.locator('.action-item:not(.disabled) .action-label', { hasText: entry }).first();
  await eventually(
    `the menu of ${label} to take ${entry}`,
    async () => {
      if (!(await menu.isVisible())) await menuOf(page, label);
      if ((await wanted.count()) === 0) {
        await page.keyboard.press('Escape');
        return undefined;
      }
      // A menu takes no click in the moment after it opened.
      await wanted.click();
      return menu.waitFor({ state: 'hidden', timeout: 1_000 }).then(
        () => true as const,
        () => undefined,
      );
    },
    patient,
  );
}

/** Opens the menu of the row of that label. */
export async function menuOf(page: Page, label: string): Promise<Locator> {
  // What is told of a row that the pointer rests on lies over the rows below.
  await page.locator('.part.titlebar').hover();
  await row(page, label).click({ button: 'right' });
  const menu = page.locator('.monaco-menu').last();
  await menu.locator('.action-label').first().waitFor();
  return menu;
}

/** Points at the row of that label until what is told of it has these words; gives that. */
export async function pointAt(page: Page, label: string, words: string): Promise<Locator> {
  const told = page.locator('.monaco-hover', { hasText: words });
  await eventually(
    `${words} to be told of ${label}`,
    async () => {
      // Where the pointer rests nothing is told anew.
      await page.locator('.part.titlebar').hover();
      await row(page, label).hover();
      return told.waitFor({ timeout: 3_000 }).then(
        () => true as const,
        () => undefined,
      );
    },
    patient,
  );
  return told;
}

/** Waits until the menu of the row of that label has an entry that can, or can't, be chosen; leaves a picture. */
export async function menuShows(page: Page, label: string, entry: string, state: 'enabled' | 'disabled'): Promise<void> {
  await eventually(
    `${entry} of ${label} to be ${state}`,
    async () => {
      const menu = await menuOf(page, label);
      const found = menu.locator('.action-item', { hasText: entry });
      const isDisabled = (await found.and(page.locator('.disabled')).count()) > 0;
      await screenshot(page, `menu-${label}-${entry}-${state}`);
      await page.keyboard.press('Escape');
      await menu.waitFor({ state: 'hidden' });
      return (state === 'disabled') === isDisabled || undefined;
    },
    patient,
  );
}
