import assert from 'node:assert/strict';
import { eventually } from '../eventually.ts';
import { useWindow } from '../support/window.ts';
import { runCommand } from './workbench.ts';

describe('Activation', () => {
  const window = useWindow();

  it('happens when a repository with kustomizations is opened', async function () {
    await runCommand(window.page, 'Developer: Show Running Extensions');
    const row = window.page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'Drydock' });
    const told = await eventually("the extension host's report", async () => {
      const time = await row.locator('.activation-time').textContent();
      return time?.includes('ms') ? time : undefined;
    });
    assert.match(told, /activation/i);
    // Told, not asserted: it depends on the machine.
    if (this.test) this.test.title += ` (${told})`;
  });
});
