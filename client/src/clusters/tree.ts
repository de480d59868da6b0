// The rows of the view of clusters, as the server makes them.
import {
  type Disposable,
  type LogOutputChannel,
  type TreeDataProvider,
  EventEmitter,
  MarkdownString,
  TreeItem,
  TreeItemCollapsibleState,
} from 'vscode';
import { type ClusterRow, clusterRowDetails, clusterRows, clustersSeen } from '../../../protocol/src/clusters.ts';
import type { Server } from '../server.ts';
import { rowIcon } from './icon.ts';

/** A row of the server's, or what shows more of them. */
export type ClusterElement =
  | { readonly kind: 'row'; readonly row: ClusterRow }
  | { readonly kind: 'more'; readonly parent: string | undefined; readonly count: number };

// Rows of a level that are shown at once.
const pageSize = 200;

/** The tree of clusters. */
export class ClusterTree implements TreeDataProvider<ClusterElement>, Disposable {
  readonly #server: Server;
  readonly #log: LogOutputChannel;
  readonly #changed = new EventEmitter<ClusterElement | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  /** The rows of the contexts, as the view knows them. */
  readonly #contexts = new Map<string, ClusterElement>();
  readonly #open = new Set<string>();
  readonly #limits = new Map<string | undefined, number>();
  #filter: string;
  #visible = true;

  constructor(server: Server, log: LogOutputChannel, filter: string) {
    this.#server = server;
    this.#log = log;
    this.#filter = filter;
  }

  get filter(): string {
    return this.#filter;
  }

  set filter(filter: string) {
    this.#filter = filter;
    this.#changed.fire(undefined);
  }

  /** Asks for everything again. */
  reload(): void {
    this.#changed.fire(undefined);
  }

  /** The server says that rows of these contexts changed. */
  changed(contexts: readonly string[]): void {
    for (const context of contexts) this.#changed.fire(this.#contexts.get(context));
  }

  /** The view came into sight, or went out of it. */
  seen(visible: boolean): void {
    this.#visible = visible;
    this.#tellSeen();
    if (visible) this.#changed.fire(undefined);
  }

  /** A row was opened. */
  opened(element: ClusterElement): void {
    if (element.kind === 'row' && element.row.row === 'context') this.#open.add(element.row.context);
    this.#tellSeen();
  }

  /** A row was closed. */
  closed(element: ClusterElement): void {
    if (element.kind === 'row' && element.row.row === 'context') this.#open.delete(element.row.context);
    this.#tellSeen();
  }

  /** Shows another page of the rows that `element` stands for. */
  showMore(element: ClusterElement): void {
    if (element.kind !== 'more') return;
    this.#limits.set(element.parent, (this.#limits.get(element.parent) ?? pageSize) + pageSize);
    this.#changed.fire(undefined);
  }

  async getChildren(element?: ClusterElement): Promise<ClusterElement[]> {
    if (element?.kind === 'more') return [];
    const parent = element?.row.id;
    const limit = this.#limits.get(parent) ?? pageSize;
    try {
      const { rows, more } = await this.#server.ask(clusterRows, {
        ...(parent === undefined ? {} : { parent }),
        filter: this.#filter,
        limit,
      });
      const elements = rows.map((row): ClusterElement => ({ kind: 'row', row }));
      if (!element) for (const each of elements) if (each.kind === 'row') this.#contexts.set(each.row.context, each);
      if (element?.row.row === 'context') this.#open.add(element.row.context);
      return more > 0 ? [...elements, { kind: 'more', parent, count: more }] : elements;
    } catch (error) {
      this.#log.error(`The clusters could not be listed: ${String(error)}`);
      return [];
    }
  }

  getTreeItem(element: ClusterElement): TreeItem {
    if (element.kind === 'more') {
      const item = new TreeItem(`${element.count} more…`);
      item.command = { command: 'drydock.showMoreOfCluster', title: 'Show More', arguments: [element] };
      return item;
    }
    const { row } = element;
    const item = new TreeItem(row.label, collapsible(row));
    item.id = row.id;
    item.description = row.description;
    item.iconPath = rowIcon(row);
    item.contextValue = contextValue(row);
    return item;
  }

  async resolveTreeItem(item: TreeItem, element: ClusterElement): Promise<TreeItem> {
    if (element.kind === 'more') return item;
    const details = await this.#server.ask(clusterRowDetails, { id: element.row.id });
    item.tooltip = details === null ? element.row.label : new MarkdownString(details);
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #tellSeen(): void {
    this.#server
      .tell(clustersSeen, { contexts: this.#visible ? [...this.#open] : [] })
      .catch((error: unknown) => this.#log.error(`What is seen of the clusters could not be told: ${String(error)}`));
  }
}

// What menus tell rows apart by: `object.Kustomization.suspended`.
function contextValue({ row, kind, health }: ClusterRow): string {
  return [row, ...(kind === '' ? [] : [kind]), ...(health === 'suspended' ? ['suspended'] : [])].join('.');
}

function collapsible({ expandable, expanded }: ClusterRow): TreeItemCollapsibleState {
  if (!expandable) return TreeItemCollapsibleState.None;
  return expanded ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}
