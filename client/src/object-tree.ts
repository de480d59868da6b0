// The view `drydock.objects`: the GitOps objects of the workspace, as the server lists them.
import {
  type Disposable,
  type LogOutputChannel,
  type TreeDataProvider,
  type TreeView,
  EventEmitter,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  commands,
  env,
  window,
} from 'vscode';
import { type ObjectNode, objects, objectsChanged, renderedObjects } from '../../protocol/src/messages.ts';
import { editorRange } from './editor-range.ts';
import { objectIcon } from './object-icon.ts';
import type { Server } from './server.ts';

/** Shows the tree, keeps it current, and registers its commands. */
export function registerObjectTree(server: Server, log: LogOutputChannel): Disposable[] {
  const tree = new ObjectTree(server, log);
  const view = window.createTreeView('drydock.objects', { treeDataProvider: tree, showCollapseAll: true });
  return [
    view,
    tree,
    server.listen(objectsChanged, () => tree.refresh()),
    tree.onDidLoad((roots) => showProblems(view, roots)),
    commands.registerCommand('drydock.refreshObjects', () => tree.refresh()),
    commands.registerCommand('drydock.openObject', openObject),
    commands.registerCommand('drydock.copyObjectName', (node: ObjectNode) => env.clipboard.writeText(node.label)),
  ];
}

class ObjectTree implements TreeDataProvider<ObjectNode>, Disposable {
  readonly #changed = new EventEmitter<undefined>();
  readonly #loaded = new EventEmitter<readonly ObjectNode[]>();
  readonly #server: Server;
  readonly #log: LogOutputChannel;
  readonly onDidChangeTreeData = this.#changed.event;
  readonly onDidLoad = this.#loaded.event;

  constructor(server: Server, log: LogOutputChannel) {
    this.#server = server;
    this.#log = log;
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  async getChildren(node?: ObjectNode): Promise<ObjectNode[]> {
    try {
      if (node)
        return node.preview === undefined ? [...node.children] : [...(await this.#server.ask(renderedObjects, { preview: node.preview }))];
      const roots = await this.#server.ask(objects, null);
      this.#loaded.fire(roots);
      return [...roots];
    } catch (error) {
      this.#log.error(`The GitOps objects could not be listed: ${String(error)}`);
      return [];
    }
  }

  getTreeItem(node: ObjectNode): TreeItem {
    const item = new TreeItem(
      node.label,
      node.children.length > 0 || node.preview !== undefined ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None,
    );
    item.id = node.id;
    item.description = node.description;
    item.tooltip = tooltip(node);
    item.iconPath = objectIcon(node);
    item.contextValue = node.kind === 'group' ? 'group' : node.preview === undefined ? 'object' : 'rendered';
    if (node.location) item.command = { command: 'drydock.openObject', title: 'Open', arguments: [node] };
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
    this.#loaded.dispose();
  }
}

function tooltip({ kind, label, description, problems }: ObjectNode): string {
  const name = kind === 'group' || kind === 'overlay' ? label : `${kind} ${label}`;
  const found = problems === 0 ? [] : [`${problems} ${problems === 1 ? 'problem' : 'problems'}`];
  return [name, ...(description ? [description] : []), ...found].join('\n');
}

function showProblems(view: TreeView<ObjectNode>, roots: readonly ObjectNode[]): void {
  const value = roots.reduce((sum, { problems }) => sum + problems, 0);
  view.badge = value === 0 ? undefined : { value, tooltip: `${value} ${value === 1 ? 'problem' : 'problems'} in GitOps objects` };
}

async function openObject({ location }: ObjectNode): Promise<void> {
  if (location) await window.showTextDocument(Uri.parse(location.uri), { selection: editorRange(location.range) });
}
