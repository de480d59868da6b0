// Signing in to Argo CD's API server with a token of one's own. Single sign-on is left to `argocd login`, whose file the server reads.
import { type Disposable, type ExtensionContext, type LogOutputChannel, commands, window, workspace } from 'vscode';
import { argocdToken } from '../../../protocol/src/clusters.ts';
import type { Server } from '../server.ts';

/** Registers the commands that sign in and out, and tells the server what was signed in with. The token is kept by the editor alone. */
export function registerSignIn({ secrets }: ExtensionContext, server: Server, log: LogOutputChannel): Disposable[] {
  const tell = async (): Promise<void> => {
    const address = argocdAddress();
    if (address === '' || !workspace.isTrusted) return;
    const token = (await secrets.get(keyOf(address))) ?? '';
    if (token !== '') await server.ask(argocdToken, { server: address, token });
  };
  const quietly = (): void => void tell().catch((error: unknown) => log.error(`The token of Argo CD could not be told: ${String(error)}`));
  quietly();
  return [
    workspace.onDidGrantWorkspaceTrust(quietly),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('drydock.argocd.server')) quietly();
    }),
    commands.registerCommand('drydock.signInToArgocd', async () => {
      const address = argocdAddress();
      if (address === '') {
        await commands.executeCommand('workbench.action.openSettings', 'drydock.argocd.server');
        return;
      }
      const token = await window.showInputBox({
        title: `Sign In to Argo CD ${address}`,
        prompt: `A token of yours, as argocd account generate-token prints it. For single sign-on run argocd login ${address} instead. Leave it empty to sign out.`,
        password: true,
        ignoreFocusOut: true,
      });
      if (token === undefined) return;
      await (token.trim() === '' ? secrets.delete(keyOf(address)) : secrets.store(keyOf(address), token.trim()));
      await server.ask(argocdToken, { server: address, token: token.trim() });
      await commands.executeCommand('drydock.refreshClusters');
    }),
  ];
}

function argocdAddress(): string {
  return workspace.getConfiguration('drydock.argocd').get('server', '').trim();
}

function keyOf(address: string): string {
  return `argocd.token.${address}`;
}
