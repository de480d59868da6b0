// Fields as controllers name them: `spec.generators[0].list.elements[2]`.
import type { YamlTree } from './yaml-document.ts';
import type { Span } from './source-file.ts';
import { type EntryAt, entriesOf, itemsOf, resolved, spanOf, textOf } from './yaml-path.ts';

/**
 * Where the field is written: its value when that is plain, else its key. Of a path that the document does not have to its end, the last
 * field that it has; undefined when it has not even the first.
 *
 * @param path Names with dots between them, and list positions in brackets. A name may have dots of its own, as a label's has.
 */
export function dottedSpan(tree: YamlTree, path: string): Span | undefined {
  let node = resolved(tree, tree.contents);
  let found: Span | undefined;
  for (let rest = path; rest !== '';) {
    const [bracketed, index] = /^\[(\d+)\]/.exec(rest) ?? [];
    const entry = bracketed === undefined ? longestKey(entriesOf(tree, node), rest) : undefined;
    const item = bracketed === undefined ? entry?.value : itemsOf(tree, node)[Number(index)];
    if (!entry && !item) break;
    node = resolved(tree, item);
    found = textOf(node)?.span ?? entry?.keySpan ?? entriesOf(tree, node)[0]?.keySpan ?? spanOf(item);
    rest = rest.slice((bracketed ?? entry?.key ?? '').length).replace(/^\./, '');
  }
  return found;
}

function longestKey(entries: readonly EntryAt[], path: string): EntryAt | undefined {
  const fitting = entries.filter(({ key }) => path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`));
  return fitting.sort((a, b) => b.key.length - a.key.length)[0];
}
