// Rows of the tree of clusters that were asked for before the view asks.
import type { ClusterRows } from '../../../protocol/src/clusters.ts';

// Milliseconds after which they may have changed.
const fresh = 1000;

/** Levels by their keys, each for one taking. */
export class LevelsAhead {
  readonly #levels = new Map<string, { readonly rows: ClusterRows; readonly until: number }>();

  put(level: string, rows: ClusterRows): void {
    this.#levels.set(level, { rows, until: Date.now() + fresh });
  }

  /** The rows of a level, unless they are missing or old. */
  take(level: string): ClusterRows | undefined {
    const found = this.#levels.get(level);
    this.#levels.delete(level);
    return found && found.until > Date.now() ? found.rows : undefined;
  }

  clear(): void {
    this.#levels.clear();
  }
}
