// The rows of the view of clusters, as the server makes them.
import {
  type CancellationToken,
  type Disposable,
  type LogOutputChannel,
  type TreeDataProvider,
  EventEmitter,
  MarkdownString,
  TreeItem,
  workspace,
} from 'vscode';
import { type ClusterRow, type ClusterRows, clusterRowDetails, clusterRows, clustersSeen } from '../../../protocol/src/clusters.ts';
import type { PlacedRow } from '../../../protocol/src/live-state.ts';
import type { Server } from '../server.ts';
import { LevelsAhead } from './levels-ahead.ts';
import { rowItem } from './row-item.ts';

/** A row of the server's, or what shows more of them. */
export type ClusterElement = RowElement | { readonly kind: 'more'; readonly parent: RowElement | undefined; readonly count: number };

interface RowElement {
  readonly kind: 'row';
  /** Those of contexts change in place, so that the view knows them again. */
  row: ClusterRow;
  readonly parent: RowElement | undefined;
}

// Rows of a level that are shown at once.
const pageSize = 200;

/** The tree of clusters. */
export class ClusterTree implements TreeDataProvider<ClusterElement>, Disposable {
  readonly #server: Server;
  readonly #log: LogOutputChannel;
  readonly #changed = new EventEmitter<ClusterElement | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #counted = new EventEmitter<number>();
  /** How many problems there are, each time that may have changed. */
  readonly onDidCount = this.#counted.event;
  readonly #contexts = new Map<string, RowElement>();
  readonly #open = new Set<string>();
  /** Rows that were asked for before the view does. */
  readonly #ahead = new LevelsAhead();
  /** The contexts that are being asked for anew, and whether they changed meanwhile. */
  readonly #refreshing = new Map<RowElement, 'once' | 'again'>();
  /** Levels that were opened: see {@link levelOf}. */
  readonly #openLevels = new Set<string>();
  /** Ids of the rows of objects that are open. */
  readonly #openObjects = new Set<string>();
  readonly #limits = new Map<string, number>();
  #filter: string;
  #visible = false;

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
    this.reload();
  }

  /** Asks for everything again. */
  reload(): void {
    this.#ahead.clear();
    this.#changed.fire(undefined);
  }

  /** The server says that these contexts changed. */
  changed(rows: readonly ClusterRow[]): void {
    for (const row of rows) {
      const element = this.#contexts.get(row.id);
      if (!element) continue;
      element.row = row;
      if (this.#visible) this.#refresh(element);
    }
    this.#count();
  }

  /** The view came into sight, or went out of it. */
  seen(visible: boolean): void {
    this.#visible = visible;
    this.#tellSeen();
    if (visible) this.reload();
  }

  /** A row was opened. */
  opened(element: ClusterElement): void {
    if (element.kind !== 'row') return;
    if (element.row.row === 'context') this.#open.add(element.row.context);
    if (element.row.row === 'object') this.#openObject(element.row);
  }

  /** A row was closed. */
  closed(element: ClusterElement): void {
    if (element.kind !== 'row') return;
    this.#openLevels.delete(levelOf(element));
    if (element.row.row === 'context') this.#open.delete(element.row.context);
    else if (element.row.row === 'object') this.#openObjects.delete(element.row.id);
    else return;
    this.#tellSeen();
  }

  /** Shows another page of the rows that `element` stands for. */
  showMore(element: ClusterElement): void {
    if (element.kind !== 'more') return;
    const level = levelOf(element.parent);
    this.#limits.set(level, (this.#limits.get(level) ?? pageSize) + pageSize);
    this.#ahead.clear();
    this.#changed.fire(element.parent);
  }

  /** The element at the end of a path of rows, which is among those that are shown. */
  elementAt(path: readonly PlacedRow[]): ClusterElement | undefined {
    let element: RowElement | undefined;
    for (const { row, position } of path) {
      const level = levelOf(element);
      if (position >= (this.#limits.get(level) ?? pageSize)) this.#limits.set(level, position + pageSize);
      element = (element ? undefined : this.#contexts.get(row.id)) ?? { kind: 'row', row, parent: element };
    }
    return element;
  }

  getParent(element: ClusterElement): ClusterElement | undefined {
    return element.parent;
  }

  async getChildren(element?: ClusterElement): Promise<ClusterElement[]> {
    if (element?.kind === 'more' || !workspace.isTrusted) return [];
    try {
      const { rows, more } = this.#ahead.take(levelOf(element)) ?? (await this.#ask(element));
      this.#openLevels.add(levelOf(element));
      // Rows that were open when the window was closed open without a word.
      if (element?.row.row === 'context') this.#open.add(element.row.context);
      if (element?.row.row === 'object') this.#openObject(element.row);
      const elements = element ? rows.map((row): RowElement => ({ kind: 'row', row, parent: element })) : this.#contextElements(rows);
      return more > 0 ? [...elements, { kind: 'more', parent: element, count: more }] : elements;
    } catch (error) {
      this.#log.error(`The clusters could not be listed: ${String(error)}`);
      return [];
    }
  }

  getTreeItem(element: ClusterElement): TreeItem {
    if (element.kind === 'more') {
      const item = new TreeItem(`${element.count} more…`);
      item.id = `${levelOf(element.parent)}more`;
      item.command = { command: 'drydock.showMoreOfCluster', title: 'Show More', arguments: [element] };
      return item;
    }
    return rowItem(element.row, levelOf(element));
  }

  async resolveTreeItem(item: TreeItem, element: ClusterElement, token: CancellationToken): Promise<TreeItem> {
    if (element.kind === 'more') return item;
    const details = await this.#server.ask(clusterRowDetails, { id: element.row.id }, token);
    item.tooltip = details === null ? element.row.label : new MarkdownString(details);
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
    this.#counted.dispose();
  }

  #ask(element: RowElement | undefined): Promise<ClusterRows> {
    return this.#server.ask(clusterRows, {
      ...(element ? { parent: element.row.id } : {}),
      filter: this.#filter,
      limit: this.#limits.get(levelOf(element)) ?? pageSize,
    });
  }

  // While the view waits for the rows of a level, VS Code knows none of them, and commands from their menus come without a row. So
  // they are there before it asks.
  #refresh(context: RowElement): void {
    if (this.#refreshing.has(context)) {
      this.#refreshing.set(context, 'again');
      return;
    }
    this.#refreshing.set(context, 'once');
    this.#askAhead(context)
      .catch((error: unknown) => this.#log.error(`The clusters could not be listed: ${String(error)}`))
      .finally(() => {
        const isOld = this.#refreshing.get(context) === 'again';
        this.#refreshing.delete(context);
        if (isOld) this.#refresh(context);
        else this.#changed.fire(context);
      });
  }

  /** Asks for the rows of a level and of all that are open below it. */
  async #askAhead(element: RowElement): Promise<void> {
    const level = levelOf(element);
    if (!this.#openLevels.has(level)) return;
    const answer = await this.#ask(element);
    this.#ahead.put(level, answer);
    await Promise.all(answer.rows.map((row) => this.#askAhead({ kind: 'row', row, parent: element })));
  }

  #contextElements(rows: readonly ClusterRow[]): RowElement[] {
    const elements = rows.map((row): RowElement => {
      const element = this.#contexts.get(row.id) ?? { kind: 'row', row, parent: undefined };
      element.row = row;
      return element;
    });
    this.#contexts.clear();
    for (const element of elements) this.#contexts.set(element.row.id, element);
    this.#count();
    return elements;
  }

  #openObject({ id }: ClusterRow): void {
    if (this.#openObjects.has(id)) return;
    this.#openObjects.add(id);
    this.#tellSeen();
  }

  #count(): void {
    const contexts = [...this.#contexts.values()].filter(({ row }) => row.row === 'context');
    this.#counted.fire(contexts.reduce((sum, { row }) => sum + row.problems, 0));
  }

  #tellSeen(): void {
    this.#server
      .tell(clustersSeen, this.#visible ? { contexts: [...this.#open], objects: [...this.#openObjects] } : { contexts: [], objects: [] })
      .catch((error: unknown) => this.#log.error(`What is seen of the clusters could not be told: ${String(error)}`));
  }
}

// An object is shown below each that has it: the way to it tells its rows apart.
function levelOf(element: RowElement | undefined): string {
  return element ? `${levelOf(element.parent)}${element.row.id}\n` : '';
}
