// What the view of clusters is made of, as VS Code holds it.
import type { ClusterRow } from '../../../protocol/src/clusters.ts';

/** A row of the server's, or what shows more of them. */
export type ClusterElement = RowElement | MoreElement;

/** A row of the server's. It stays the same object while the row is shown, so that the view knows it again; what it says changes. */
export interface RowElement {
  readonly kind: 'row';
  row: ClusterRow;
  readonly parent: RowElement | undefined;
}

/** Stands for the rows of a level that are not shown. */
export interface MoreElement {
  readonly kind: 'more';
  readonly parent: RowElement | undefined;
  readonly count: number;
}

/** What tells the level below an element apart; none for the contexts. An object is shown below each that has it: all the way counts. */
export function levelOf(element: RowElement | undefined): string {
  return element ? `${levelOf(element.parent)}${element.row.id}\n` : '';
}
