// The browser that shows VS Code's windows, without a screen.
import { type Browser, chromium } from 'playwright-core';
import { findChromium } from './chromium.ts';

const switches = [
  '--no-sandbox', // it runs as root in containers, and shows nothing but our own server
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
];

/** Starts a headless Chromium. The caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const { program, env } = await findChromium();
  return chromium.launch({ executablePath: program, args: switches, env: { ...process.env, ...env } });
}
