// A window of VS Code with Drydock in it, as all tests of the window open one.
import type { Page } from 'playwright-core';
import { vsix } from '../../../scripts/vsix.ts';
import { workbenchReady } from '../../e2e/page/workbench.ts';
import { type Editor, startEditor } from '../../e2e/support/editor.ts';

/** A window that can be used, until it goes out of scope. */
export interface ClusterWindow extends AsyncDisposable {
  readonly editor: Editor;
  readonly page: Page;
}

/**
 * Installs the package in a VS Code of its own and opens a window on a folder. No cluster is asked anything before `openClusters`.
 *
 * @param env What says which clusters there are: `KUBECONFIG`, for one.
 * @param settings Those of the machine.
 */
export async function openWindow(
  folder: string,
  env: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<ClusterWindow> {
  await using starting = new AsyncDisposableStack();
  const editor = starting.use(await startEditor({ kind: 'installed', vsix: await vsix() }, env));
  await editor.set(settings);
  const page = await editor.openWindow(folder);
  page.setDefaultTimeout(60_000);
  await workbenchReady(page);
  const kept = starting.move();
  return { editor, page, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
