// Pictures of what a test has come to, for a person to look at.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { screenshots } from '../../e2e/support/window.ts';

/** Takes one; `name` may be the title of a test. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await mkdir(screenshots, { recursive: true });
  await page.screenshot({ path: path.join(screenshots, `cluster-${name.replace(/[^\p{L}\p{N}]+/gu, '-')}.png`) });
}
