// A real VS Code for tests: its server and the extension host on this machine, its windows in a headless browser.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { root } from '../../../scripts/cache.ts';
import { freshRepository, sampleRemote } from '../../../scripts/editor/fresh-repository.ts';
import { installExtension } from '../../../scripts/editor/install-extension.ts';
import { writeMachineSettings } from '../../../scripts/editor/machine-settings.ts';
import { startServer } from '../../../scripts/editor/server.ts';
import { temporaryFolder } from '../../../scripts/temporary-folder.ts';
import { launchBrowser } from './browser.ts';

/** Big enough for two editors side by side. */
const viewport = { width: 1440, height: 900 };

/** The extension under test: the checkout's, loaded for development, or a package, installed as users do. */
export type Extension = { readonly kind: 'checkout' } | { readonly kind: 'installed'; readonly vsix: string };

/** VS Code, until it goes out of scope. */
export interface Editor extends AsyncDisposable {
  /** A new folder, deleted with the editor, that holds a fresh copy of `samples/` as a repository. */
  copyOfSamples(): Promise<string>;
  /**
   * Opens a window on `folder` in a browser profile of its own. The caller closes the page's context.
   *
   * @param tests Absolute path of a module whose `run` the extension host calls; with the checkout's extension only.
   */
  openWindow(folder: string, tests?: string): Promise<Page>;
  /** Sets the settings of this machine, as a person does in their file; the windows that are open follow. */
  set(settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** Where the server's log is. */
  readonly log: string;
  /** Settles when the server has ended. */
  readonly ended: Promise<void>;
}

/** Starts VS Code with no window. `env` is what the extension host finds in its environment. */
export async function startEditor(extension: Extension, env: Readonly<Record<string, string>> = {}): Promise<Editor> {
  const stack = new AsyncDisposableStack();
  try {
    const { path: temporary } = stack.use(temporaryFolder('e2e'));
    const data = path.join(temporary, 'data');
    const set = (own: Readonly<Record<string, unknown>>): Promise<void> =>
      writeMachineSettings(data, { 'workbench.startupEditor': 'none', ...own });
    await set({});
    const extensions = path.join(temporary, 'extensions');
    if (extension.kind === 'installed') await installExtension(extension.vsix, extensions, path.join(temporary, 'installing'));
    const switches = ['--disable-workspace-trust', '--enable-smoke-test-driver', '--enable-remote-auto-shutdown'];
    const sources = path.join(temporary, 'sources'); // not the user's own
    const server = stack.use(await startServer({ port: '0', data, extensions, switches, env: { DRYDOCK_SOURCES: sources, ...env } }));
    const browser = await launchBrowser();
    stack.defer(() => browser.close());

    let copies = 0;
    return {
      async copyOfSamples() {
        copies += 1;
        const folder = path.join(temporary, String(copies), 'fleet');
        await freshRepository(path.join(root, 'samples'), folder, sampleRemote);
        return folder;
      },
      async openWindow(folder, tests) {
        const page = await (await browser.newContext({ viewport, permissions: ['clipboard-read', 'clipboard-write'] })).newPage();
        await page.goto(address(server.port, folder, extension, tests));
        return page;
      },
      set,
      log: server.log,
      ended: server.ended,
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

function address(port: number, folder: string, extension: Extension, tests: string | undefined): string {
  const remote = (file: string): string => `vscode-remote://127.0.0.1:${port}${pathToFileURL(file).pathname}`;
  const payload = [
    ...(extension.kind === 'checkout' ? [['extensionDevelopmentPath', remote(root)]] : []),
    ...(tests === undefined ? [] : [['extensionTestsPath', remote(tests)]]),
  ];
  const query = new URLSearchParams({ folder: decodeURIComponent(pathToFileURL(folder).pathname), payload: JSON.stringify(payload) });
  return `http://127.0.0.1:${port}/?${query.toString()}`;
}
