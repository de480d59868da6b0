// What VS Code shows above the view and beside it: dialogs, notifications, lists, reports.
import type { Frame, Locator, Page } from 'playwright-core';
import { eventually } from '../../e2e/eventually.ts';
import { runCommand } from '../../e2e/page/workbench.ts';
import { patient } from '../converge.ts';

/** The modal dialog that is open. */
export function dialog(page: Page): Locator {
  return page.locator('.monaco-dialog-box');
}

/** Presses a button of the dialog with these words. */
export async function answer(page: Page, words: string | RegExp, button: string): Promise<void> {
  const shown = dialog(page).filter({ hasText: words });
  await shown.waitFor();
  await shown.getByRole('button', { name: button, exact: true }).click();
  await shown.waitFor({ state: 'hidden' });
}

/** Waits for the notification with these words. Tests see none beside the window's edge, as people do: they open what lists them. */
export async function notification(page: Page, words: string | RegExp): Promise<Locator> {
  const center = page.locator('.notifications-center.visible');
  if (!(await center.isVisible())) await runCommand(page, 'Notifications: Show Notifications');
  const found = center.locator('.notification-list-item', { hasText: words }).first();
  await found.waitFor();
  return found;
}

/** Removes all notifications. */
export async function clearNotifications(page: Page): Promise<void> {
  await runCommand(page, 'Notifications: Clear All Notifications');
}

/** Ticks these entries of the list that is open, and takes them. */
export async function pickMany(page: Page, title: string, ...labels: readonly string[]): Promise<void> {
  await page.locator('.quick-input-widget', { hasText: title }).waitFor();
  for (const label of labels) await listed(page, label).click();
  await page.keyboard.press('Enter');
}

/** Chooses the entry of the list that is open. */
export async function pick(page: Page, label: string | RegExp): Promise<void> {
  await listed(page, label).click();
}

/** The entry of the list that is open. */
export function listed(page: Page, label: string | RegExp): Locator {
  return page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first();
}

/** The text of the report that is shown, once it has these words. */
export async function report(page: Page, words: RegExp): Promise<string> {
  return eventually(
    `a report with ${String(words)}`,
    async () => {
      for (const frame of page.frames()) {
        const text = await textOf(frame);
        if (words.test(text)) return text;
      }
      return undefined;
    },
    patient,
  );
}

// Frames come and go while they are looked at.
async function textOf(frame: Frame): Promise<string> {
  try {
    return await frame.locator('.markdown-body').first().innerText({ timeout: 500 });
  } catch {
    return '';
  }
}
