/** Lines of a text, counted from zero; half-open. */
export interface Lines {
  readonly start: number;
  readonly end: number;
}

/**
 * The lines of `after` that are not in `before` at their place; where lines went away, the one that stands there now.
 * They are the fewest (E. Myers, "An O(ND) Difference Algorithm", 1986) as long as no more than `patience` lines came and
 * went; beyond, all lines between the first and the last that changed.
 */
export function changedLines(before: readonly string[], after: readonly string[], patience = 200): Lines[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let same = 0;
  const room = Math.min(before.length, after.length) - start;
  while (same < room && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  const gone = before.slice(start, before.length - same);
  const come = after.slice(start, after.length - same);
  if (gone.length === 0 && come.length === 0) return [];
  const hunks = hunksOf(gone, come, patience) ?? [{ start: 0, end: come.length }];
  // A hunk without lines is one that went away.
  return hunks.map((hunk) => {
    const from = Math.min(start + hunk.start, after.length - 1);
    return { start: from, end: Math.max(start + hunk.end, from + 1) };
  });
}

interface Hunk extends Lines {
  /** Where it begins in the text before. */
  readonly from: number;
}

/** What of `after` is new; an empty stretch where lines of `before` are missing. Undefined when it takes more than `patience` edits. */
function hunksOf(before: readonly string[], after: readonly string[], patience: number): Lines[] | undefined {
  const most = Math.min(before.length + after.length, patience);
  // How far into `before` one gets on each diagonal, which is a position there less one in `after`.
  const furthest = new Int32Array(2 * most + 3);
  const rounds: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits += 1) {
    rounds.push(furthest.slice());
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const insert = isInsertion(furthest, most, diagonal, edits);
      let at = insert ? reached(furthest, most, diagonal + 1) : reached(furthest, most, diagonal - 1) + 1;
      while (at < before.length && at - diagonal < after.length && before[at] === after[at - diagonal]) at += 1;
      furthest[most + 1 + diagonal] = at;
      if (at >= before.length && at - diagonal >= after.length) return wayBack(rounds, most, before.length, after.length);
    }
  }
  return undefined;
}

function wayBack(rounds: readonly Int32Array[], most: number, before: number, after: number): Hunk[] {
  const hunks: Hunk[] = [];
  let [x, y] = [before, after];
  for (const [edits, furthest] of [...rounds.entries()].slice(1).reverse()) {
    const diagonal = x - y;
    const insert = isInsertion(furthest, most, diagonal, edits);
    const from = diagonal + (insert ? 1 : -1);
    x = reached(furthest, most, from);
    y = x - from;
    const [endX, endY] = insert ? [x, y + 1] : [x + 1, y];
    const next = hunks.at(-1);
    // Edits with nothing the same between them are one hunk.
    if (next?.from === endX && next.start === endY) hunks[hunks.length - 1] = { from: x, start: y, end: next.end };
    else hunks.push({ from: x, start: y, end: endY });
  }
  return hunks.reverse();
}

function isInsertion(furthest: Int32Array, most: number, diagonal: number, edits: number): boolean {
  if (diagonal === -edits) return true;
  return diagonal !== edits && reached(furthest, most, diagonal - 1) < reached(furthest, most, diagonal + 1);
}

function reached(furthest: Int32Array, most: number, diagonal: number): number {
  return furthest[most + 1 + diagonal] ?? 0;
}
