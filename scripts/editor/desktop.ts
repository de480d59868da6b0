// The VS Code that is installed on this machine.
import { run } from '../process.ts';
import { root } from '../cache.ts';
import type { OpenedFolder } from './opened-folder.ts';
import { whatToTry } from './what-to-try.ts';

/**
 * Opens a window of the desktop's VS Code on a folder, with the extension of this checkout.
 *
 * @throws Error when `code` is not on PATH.
 */
export async function openDesktop({ folder, what, env }: OpenedFolder): Promise<void> {
  try {
    await run(
      process.platform === 'win32' ? 'code.cmd' : 'code',
      ['--new-window', '--wait', `--extensionDevelopmentPath=${root}`, folder],
      { env },
    );
  } catch (error) {
    throw new Error('`code` does not run: install VS Code and put its command on PATH, or leave out --desktop to use the browser.', {
      cause: error,
    });
  }
  console.log(whatToTry(what));
}
