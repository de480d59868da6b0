// Signing in to an Argo CD that is asked through its own API server. The token is kept by the editor's store of secrets alone.
import { type Disposable, type ExtensionContext, type LogOutputChannel, ProgressLocation, commands, window, workspace } from 'vscode';
import { argocdSignIn, argocdToken } from '../../../protocol/src/clusters.ts';
import type { Server } from '../server.ts';

/** Registers the command that signs in and out, and tells the server what was signed in with. */
export function registerSignIn({ secrets }: ExtensionContext, server: Server, log: LogOutputChannel): Disposable[] {
  const tell = async (): Promise<void> => {
    const address = argocdAddress();
    if (address === '' || !workspace.isTrusted) return;
    await server.ask(argocdToken, { server: address, token: (await secrets.get(keyOf(address))) ?? '' });
  };
  const quietly = (): void => void tell().catch((error: unknown) => log.error(`The token of Argo CD could not be told: ${String(error)}`));
  quietly();
  return [
    workspace.onDidGrantWorkspaceTrust(quietly),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('drydock.argocd.server')) quietly();
    }),
    // Somebody may sign in in another window.
    secrets.onDidChange(({ key }) => {
      if (key === keyOf(argocdAddress())) quietly();
    }),
    server.onRestart(quietly),
    commands.registerCommand('drydock.signInToArgocd', async () => {
      const address = argocdAddress();
      if (address === '') await commands.executeCommand('workbench.action.openSettings', 'drydock.argocd.server');
      else await signIn(address);
    }),
  ];

  async function signIn(address: string): Promise<void> {
    const given = await window.showInputBox({
      title: `Sign In to Argo CD ${address}`,
      prompt: `A token of yours, as argocd account generate-token prints it. For single sign-on run argocd login ${address} instead. Leave it empty to sign out.`,
      password: true,
      ignoreFocusOut: true,
    });
    if (given === undefined) return;
    const token = given.trim();
    if (token === '') {
      await secrets.delete(keyOf(address));
      await server.ask(argocdToken, { server: address, token });
      await commands.executeCommand('drydock.refreshClusters');
      await window.showInformationMessage(`The token for ${address} is forgotten. What argocd login has signed in stays.`);
      return;
    }
    const progress = { location: ProgressLocation.Notification, title: `Signing in to ${address}`, cancellable: true };
    const outcome = await window.withProgress(progress, async (_, cancellation) => {
      try {
        return await server.ask(argocdSignIn, { server: address, token }, cancellation);
      } catch (error) {
        if (cancellation.isCancellationRequested) return undefined;
        throw error;
      }
    });
    if (!outcome) return;
    if (outcome.kind === 'refused') {
      const again = 'Sign In Again…';
      if ((await window.showErrorMessage(outcome.reason, again)) === again) await signIn(address);
      return;
    }
    await secrets.store(keyOf(address), token);
    await commands.executeCommand('drydock.refreshClusters');
    await window.showInformationMessage(`Signed in to ${address} as ${outcome.user}.`);
  }
}

function argocdAddress(): string {
  return workspace.getConfiguration('drydock.argocd').get('server', '').trim();
}

function keyOf(address: string): string {
  return `argocd.token.${address}`;
}
