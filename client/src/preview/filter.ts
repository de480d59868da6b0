// Which resources a preview shows. The server keeps the filter with the preview; here it is asked for and taken away.
import { type QuickPickItem, type Uri, Disposable, QuickPickItemKind, commands, window, workspace } from 'vscode';
import { type RenderedResource, renderedResources, setFilter } from '../../../protocol/src/messages.ts';
import type { PreviewStates } from './states.ts';
import type { Server } from '../server.ts';
import { previewFor } from './active.ts';
import { renderedScheme } from '../../../protocol/src/preview.ts';

interface Choice extends QuickPickItem {
  readonly filter?: string;
}

/** Registers the commands that set and clear the filter of a preview. */
export function registerFilter(server: Server, states: PreviewStates): Disposable {
  const change = async (uri: Uri, filter: string | undefined) => {
    if (filter !== undefined) await server.ask(setFilter, { uri: uri.toString(), filter });
  };
  return Disposable.from(
    commands.registerCommand('drydock.filterPreview', async (target?: Uri, filter?: unknown) => {
      const preview = previewFor(target);
      if (!preview) return;
      // A menu gives the place of the editor, other extensions and tests may give a filter.
      if (typeof filter === 'string') return change(preview, filter);
      const resources = await server.ask(renderedResources, { uri: preview.toString() });
      await change(preview, await askFilter(resources, states.of(preview)?.filter ?? ''));
    }),
    commands.registerCommand('drydock.clearFilter', async (target?: Uri) => {
      const preview = previewFor(target);
      if (preview) await change(preview, '');
    }),
    states.onDidChange(() => tellFiltered(states)),
  );
}

/** Asks for a filter; undefined when the user wants no other one. */
async function askFilter(resources: readonly RenderedResource[], current: string): Promise<string | undefined> {
  const pick = window.createQuickPick<Choice>();
  pick.title = current === '' ? 'Show only some resources' : `Shown now: ${current}`;
  pick.placeholder = 'A kind, a part of a name, or patterns like Deployment/shop-* */web';
  pick.matchOnDescription = true;
  const fixed = choicesOf(resources, current);
  const offer = (typed: string) => {
    pick.items = typed.trim() === '' ? fixed : [typedChoice(typed.trim()), ...fixed];
  };
  offer('');
  const answered = Promise.withResolvers<string | undefined>();
  pick.onDidChangeValue(offer);
  // Who types fast accepts before what was typed is offered.
  pick.onDidAccept(() => answered.resolve(pick.selectedItems[0]?.filter ?? (pick.value.trim() || undefined)));
  pick.onDidHide(() => answered.resolve(undefined));
  pick.show();
  try {
    return await answered.promise;
  } finally {
    pick.dispose();
  }
}

function typedChoice(filter: string): Choice {
  return { label: `$(filter) Show what matches “${filter}”`, filter, alwaysShow: true };
}

function choicesOf(resources: readonly RenderedResource[], current: string): Choice[] {
  const byKind = [...Map.groupBy(resources, ({ kind }) => kind)].sort(([a], [b]) => a.localeCompare(b));
  const kinds = byKind.map(([kind, { length }]): Choice => ({
    label: kind,
    description: length === 1 ? '1 resource' : `${length} resources`,
    filter: `${kind}/*`,
  }));
  const single = resources.map(({ kind, namespace, name }): Choice => ({
    label: `${kind} ${name}`,
    description: namespace,
    filter: namespace === '' ? `${kind}/${name}` : `${namespace}/${kind}/${name}`,
  }));
  return [
    ...(current === '' ? [] : [{ label: '$(clear-all) Show all resources', filter: '' }]),
    separator('kinds'),
    ...kinds,
    separator('resources'),
    ...single,
  ];
}

function separator(label: string): Choice {
  return { label, kind: QuickPickItemKind.Separator };
}

// The title button that clears the filter is there for the previews in this list.
function tellFiltered(states: PreviewStates): void {
  const previews = workspace.textDocuments.map(({ uri }) => uri).filter(({ scheme }) => scheme === renderedScheme);
  const filtered = previews.filter((uri) => (states.of(uri)?.filter ?? '') !== '').map(String);
  void commands.executeCommand('setContext', 'drydock.filteredPreviews', filtered);
}
