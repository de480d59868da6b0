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
import { type ClusterElement, type RowElement, levelOf } from './element.ts';
import { LevelsAhead } from './levels-ahead.ts';
import { rowItem } from './row-item.ts';
import { ShownLevels, looksAlike } from './shown-levels.ts';

// Rows of a level that are shown at once.
const pageSize = 200;

/** The tree of clusters. */
export class ClusterTree implements TreeDataProvider<ClusterElement>, Disposable {
  readonly #server: Server;
  readonly #log: LogOutputChannel;
  readonly #changed = new EventEmitter<ClusterElement | ClusterElement[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #counted = new EventEmitter<number>();
  /** How many problems there are, each time that may have changed. */
  readonly onDidCount = this.#counted.event;
  readonly #shown = new ShownLevels();
  readonly #open = new Set<string>();
  /** Rows that were asked for before the view does. */
  readonly #ahead = new LevelsAhead();
  /** The contexts that are being asked for anew, whether they changed meanwhile, and whether they are drawn anew themselves. */
  readonly #refreshing = new Map<RowElement, { again: boolean; whole: boolean }>();
  /** Levels that were asked for, see {@link levelOf}; those that were closed since are not current. */
  readonly #levels = new Map<string, 'open' | 'closed'>();
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
      const element = this.#shown.find(undefined, row.id);
      if (!element) continue;
      const isSame = looksAlike(element.row, row);
      element.row = row;
      if (this.#visible) void this.#refresh(element, !isSame);
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
    const level = levelOf(element);
    if (this.#levels.get(level) === 'closed') {
      this.#levels.delete(level);
      this.#changed.fire(element);
    }
    if (element.row.row === 'context') this.#open.add(element.row.context);
    if (element.row.row === 'object') this.#openObject(element.row);
  }

  /** A row was closed. */
  closed(element: ClusterElement): void {
    if (element.kind !== 'row') return;
    this.#levels.set(levelOf(element), 'closed');
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
      element = this.#shown.find(element, row.id) ?? { kind: 'row', row, parent: element };
    }
    return element;
  }

  getParent(element: ClusterElement): ClusterElement | undefined {
    return element.parent;
  }

  async getChildren(element?: ClusterElement): Promise<ClusterElement[]> {
    if (element?.kind === 'more' || !workspace.isTrusted) return [];
    try {
      const answer = this.#ahead.take(levelOf(element)) ?? (await this.#ask(element));
      this.#levels.set(levelOf(element), 'open');
      // Rows that were open when the window was closed open without a word.
      if (element?.row.row === 'context') this.#open.add(element.row.context);
      if (element?.row.row === 'object') this.#openObject(element.row);
      const elements = this.#shown.show(element, answer);
      if (!element) this.#count();
      return elements;
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

  /** Asks for the rows below a context, and has drawn anew what changed: also the context itself if `whole`. */
  async #refresh(context: RowElement, whole: boolean): Promise<void> {
    const refreshing = this.#refreshing.get(context);
    if (refreshing) {
      refreshing.again = true;
      refreshing.whole ||= whole;
      return;
    }
    const state = { again: true, whole };
    this.#refreshing.set(context, state);
    try {
      while (state.again) {
        state.again = false;
        const answers = await this.#askBelow(context);
        this.#redraw(state.whole ? [context] : this.#shown.update(context, answers), answers);
        state.whole = false;
      }
    } catch (error) {
      this.#log.error(`The clusters could not be listed: ${String(error)}`);
    } finally {
      this.#refreshing.delete(context);
    }
  }

  // The rows are there before the view asks, so that it misses them as short as possible.
  #redraw(elements: RowElement[], answers: ReadonlyMap<string, ClusterRows>): void {
    if (elements.length === 0) return;
    for (const element of elements)
      for (const [level, rows] of answers) if (level.startsWith(levelOf(element))) this.#ahead.put(level, rows);
    this.#changed.fire(elements);
  }

  /** The rows of the level below an element and of all that are open below it. */
  async #askBelow(element: RowElement): Promise<Map<string, ClusterRows>> {
    const level = levelOf(element);
    if (this.#levels.get(level) !== 'open') return new Map();
    const answer = await this.#ask(element);
    const below = await Promise.all(answer.rows.map((row) => this.#askBelow({ kind: 'row', row, parent: element })));
    return new Map([[level, answer], ...below.flatMap((levels) => [...levels])]);
  }

  #openObject({ id }: ClusterRow): void {
    if (this.#openObjects.has(id)) return;
    this.#openObjects.add(id);
    this.#tellSeen();
  }

  #count(): void {
    const contexts = this.#shown.contexts.filter(({ row }) => row.row === 'context');
    this.#counted.fire(contexts.reduce((sum, { row }) => sum + row.problems, 0));
  }

  #tellSeen(): void {
    this.#server
      .tell(clustersSeen, this.#visible ? { contexts: [...this.#open], objects: [...this.#openObjects] } : { contexts: [], objects: [] })
      .catch((error: unknown) => this.#log.error(`What is seen of the clusters could not be told: ${String(error)}`));
  }
}
