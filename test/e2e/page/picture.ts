import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../../scripts/cache.ts';

/** Takes a picture for the README into docs/images, when `DRYDOCK_UPDATE_IMAGES=1` asks for new ones. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env['DRYDOCK_UPDATE_IMAGES'] !== '1') return;
  const folder = path.join(root, 'docs', 'images');
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
