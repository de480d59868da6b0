import assert from 'node:assert/strict';
import { commands, extensions } from 'vscode';

describe('The extension', () => {
  it('starts its language server', async () => {
    const extension = extensions.getExtension<{ readonly ready: Promise<void> }>('drydock.drydock');
    assert.ok(extension, 'it is not installed');
    const { ready } = await extension.activate();
    await ready;
  });

  it('registers every command that its manifest offers', async () => {
    const manifest = extensions.getExtension('drydock.drydock')?.packageJSON as {
      contributes: { commands: readonly { command: string }[] };
    };
    const offered = manifest.contributes.commands.map(({ command }) => command);
    const registered = await commands.getCommands(true);
    assert.deepEqual(
      offered.filter((command) => !registered.includes(command)),
      [],
    );
  });
});
