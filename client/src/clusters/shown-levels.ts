// The levels of the tree of clusters that the view shows, and what of them is to be drawn anew when other rows come.
//
// VS Code forgets all rows below one that is drawn anew until it has asked for them again, and what is chosen from their menus in that
// moment comes without a row. So as little as possible is.
import type { ClusterRow, ClusterRows } from '../../../protocol/src/clusters.ts';
import { type ClusterElement, type RowElement, levelOf } from './element.ts';

interface Level {
  readonly elements: readonly RowElement[];
  readonly more: number;
}

/** The levels that were asked for, by what tells them apart. */
export class ShownLevels {
  readonly #levels = new Map<string, Level>();

  /** The rows of the contexts. */
  get contexts(): readonly RowElement[] {
    return this.#levels.get('')?.elements ?? [];
  }

  /** Takes the rows of the level below `parent`; gives their elements, which are those of before where the rows are. */
  show(parent: RowElement | undefined, { rows, more }: ClusterRows): ClusterElement[] {
    const level = levelOf(parent);
    const before = new Map(this.#levels.get(level)?.elements.map((element) => [element.row.id, element]));
    const elements = rows.map((row): RowElement => {
      const element = before.get(row.id) ?? { kind: 'row', row, parent };
      element.row = row;
      return element;
    });
    this.#levels.set(level, { elements, more });
    return more > 0 ? [...elements, { kind: 'more', parent, count: more }] : elements;
  }

  /** The element of a row of the level below `parent`. */
  find(parent: RowElement | undefined, id: string): RowElement | undefined {
    return this.#levels.get(levelOf(parent))?.elements.find(({ row }) => row.id === id);
  }

  /**
   * Has elements say what newer rows say.
   *
   * @param answers The rows of the open levels below `element`, by what tells levels apart.
   * @returns The elements that are to be drawn anew, with all below them.
   */
  update(element: RowElement, answers: ReadonlyMap<string, ClusterRows>): RowElement[] {
    const level = levelOf(element);
    const [shown, answer] = [this.#levels.get(level), answers.get(level)];
    if (!shown || !answer) return [];
    if (!hasRows(shown, answer)) return [element];
    return shown.elements.flatMap((child, index) => {
      const row = answer.rows[index] ?? child.row;
      const isSame = looksAlike(child.row, row);
      child.row = row;
      return isSame ? this.update(child, answers) : [child];
    });
  }
}

/** Whether two rows are drawn alike. How many problems there are is only counted. */
export function looksAlike(one: ClusterRow, other: ClusterRow): boolean {
  return JSON.stringify({ ...one, problems: 0 }) === JSON.stringify({ ...other, problems: 0 });
}

function hasRows({ elements, more }: Level, answer: ClusterRows): boolean {
  return more === answer.more && elements.length === answer.rows.length && elements.every(({ row }, at) => row.id === answer.rows[at]?.id);
}
