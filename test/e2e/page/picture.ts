// The pictures of the README are taken from the tests, so that they show what is.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../../scripts/cache.ts';
import { runCommand } from './workbench.ts';

const folder = path.join(root, 'docs', 'images');

/** Smaller than a test's window: a README is read at about this width. */
const size = { width: 1200, height: 700 };

/**
 * Takes a picture into docs/images, when `DRYDOCK_UPDATE_IMAGES=1` asks for new ones. `what` says whether the side bar is worth its room, or that
 * a list to choose from is what the picture is of: that stays open.
 */
export async function picture(
  page: Page,
  name: string,
  what: 'with the side bar' | 'without the side bar' | 'with the open list',
): Promise<void> {
  if (process.env['DRYDOCK_UPDATE_IMAGES'] !== '1') return;
  const before = page.viewportSize();
  await mkdir(folder, { recursive: true });
  if (what === 'without the side bar') await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
  await page.setViewportSize(size);
  if (what !== 'with the open list') await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' });
  if (before) await page.setViewportSize(before);
  if (what === 'without the side bar') await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
}
