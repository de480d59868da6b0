// An object as it is in a cluster, in an editor that can't change it; and what is copied of a row.
import { type Disposable, EventEmitter, Uri, commands, env, languages, window, workspace } from 'vscode';
import type { ClusterRow } from '../../../protocol/src/clusters.ts';
import { clusterCommandLines, liveObjectScheme, liveObjectText } from '../../../protocol/src/live-state.ts';
import { renderedLanguage } from '../../../protocol/src/preview.ts';
import type { Server } from '../server.ts';
import type { ClusterElement } from './element.ts';

/** Registers the documents with live objects, and the commands that open them and copy command lines. */
export function registerLiveObjects(server: Server): Disposable[] {
  const changed = new EventEmitter<Uri>();
  return [
    changed,
    workspace.registerTextDocumentContentProvider(liveObjectScheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: ({ query }, token) => server.ask(liveObjectText, { id: query }, token),
    }),
    commands.registerCommand('drydock.openLiveObject', async (element?: ClusterElement) => {
      if (element?.kind !== 'row') return;
      const uri = liveObjectUri(element.row);
      changed.fire(uri); // what was read before may be old
      const document = await workspace.openTextDocument(uri);
      // A language of its own, so that no other extension lints what is live.
      await languages.setTextDocumentLanguage(document, renderedLanguage);
      await window.showTextDocument(document);
    }),
    commands.registerCommand('drydock.copyClusterCommand', async (element?: ClusterElement) => {
      if (element?.kind !== 'row') return;
      const lines = await server.ask(clusterCommandLines, { id: element.row.id });
      const chosen = lines.length > 1 ? await window.showQuickPick(lines, { title: 'Copy Command Line' }) : lines[0];
      if (chosen !== undefined) await env.clipboard.writeText(chosen);
    }),
  ];
}

function liveObjectUri({ id, context, label, kind }: ClusterRow): Uri {
  // A resource is called `Kind/name`.
  const name = label.slice(label.indexOf('/') + 1);
  return Uri.from({ scheme: liveObjectScheme, authority: '', path: `/${context.replaceAll('/', '_')}/${kind} ${name}.yaml`, query: id });
}
