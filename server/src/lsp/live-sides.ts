// The documents with the sides of differences, kept until their diff is closed.
import { liveScheme } from '../../../protocol/src/clusters.ts';
import type { SideTexts } from '../cluster/diff/difference.ts';
import { idOf } from '../cluster/tree/inventory.ts';
import type { ObjectName } from '../cluster/tree/row.ts';

/** The documents of one resource. */
export interface Sides {
  readonly name: ObjectName;
  /** URI of the live side. */
  readonly live: string;
  /** URI of the other side. */
  readonly rendered: string;
}

/** What was compared in one go. */
export interface Comparison<Asked> {
  readonly asked: Asked;
  readonly sides: readonly Sides[];
}

// Differences that nobody has opened are kept for this many comparisons: an editor of many diffs asks for the text of what is scrolled to.
const keptComparisons = 20;

/** The sides of all comparisons of one client; `Asked` tells what one was of. */
export class LiveSides<Asked> {
  readonly #open = new Set<string>();
  readonly #texts = new Map<string, string>();
  #kept: readonly Comparison<Asked>[] = [];
  #count = 0;

  /** The text of a side; undefined when it is none that is kept. */
  text(uri: string): string | undefined {
    return this.#texts.get(uri);
  }

  /** A document with a side was opened. */
  opened(uri: string): void {
    this.#open.add(uri);
  }

  /** A document with a side was closed. */
  closed(uri: string): void {
    this.#open.delete(uri);
    this.#forget();
  }

  /**
   * Keeps what was compared, and names its documents. Both sides of a resource have one path: else they would look renamed.
   *
   * @param place What the paths begin with: the context.
   */
  keep(asked: Asked, place: string, resources: readonly ({ readonly name: ObjectName } & SideTexts)[]): readonly Sides[] {
    const number = ++this.#count;
    const sides = resources.map(({ name, live, rendered }) => {
      const path = [place, ...(name.namespace === '' ? [] : [name.namespace]), `${name.kind} ${name.name}.yaml`];
      const uri = `${liveScheme}:/${path.map(encodeURIComponent).join('/')}`;
      const named = { name, live: `${uri}?live-${number}`, rendered: `${uri}?rendered-${number}` };
      this.#texts.set(named.live, live).set(named.rendered, rendered);
      return named;
    });
    this.#kept = [...this.#kept, { asked, sides }];
    this.#forget();
    return sides;
  }

  /** The comparisons of which a diff is open, with the resources that are. */
  get shown(): readonly Comparison<Asked>[] {
    return this.#kept
      .map(({ asked, sides }) => ({ asked, sides: sides.filter((each) => this.#isOpen(each)) }))
      .filter(({ sides }) => sides.length > 0);
  }

  /** Replaces the texts of a resource's sides. Gives the URIs of those that changed. */
  replace({ live, rendered }: Sides, texts: SideTexts): string[] {
    const changed = [[live, texts.live] as const, [rendered, texts.rendered] as const].filter(
      ([uri, text]) => this.#texts.get(uri) !== text,
    );
    for (const [uri, text] of changed) this.#texts.set(uri, text);
    return changed.map(([uri]) => uri);
  }

  #isOpen({ live, rendered }: Sides): boolean {
    return this.#open.has(live) || this.#open.has(rendered);
  }

  #forget(): void {
    const last = new Set(this.#kept.slice(-keptComparisons));
    const [kept, forgotten] = [
      this.#kept.filter((each) => last.has(each) || each.sides.some((side) => this.#isOpen(side))),
      this.#kept.filter((each) => !last.has(each) && !each.sides.some((side) => this.#isOpen(side))),
    ];
    this.#kept = kept;
    for (const { live, rendered } of forgotten.flatMap(({ sides }) => sides)) {
      this.#texts.delete(live);
      this.#texts.delete(rendered);
    }
  }
}

/** Whether a name, which may lack the namespace that it gets later, may be that of a resource. */
export function mayBe(written: ObjectName, name: ObjectName): boolean {
  return idOf(written.namespace === '' ? { ...written, namespace: name.namespace } : written) === idOf(name);
}
