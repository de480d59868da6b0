import type { YamlPath } from './yaml-path.ts';

/** What is written at the cursor: a key of the mapping at `path`, or the value of the field at `path`. */
export interface CursorPlace {
  readonly kind: 'key' | 'value';
  readonly path: YamlPath;
}

const keyLine = /^(?<space> *)(?<dash>- +)?(?:(?<quote>["']?)(?<key>[^\s#"'-][^:"']*)\k<quote>\s*:(?=\s|$))?/;

/**
 * Where in the document an offset is, by indentation: while a key is being written, the tree is broken or does not
 * hold it yet. Lists show as step 0, whichever item it is.
 */
export function cursorPlace(text: string, offset: number): CursorPlace {
  const lines = text.slice(0, offset).split('\n');
  const current = keyLine.exec(lines.pop() ?? '')?.groups ?? {};
  const path: (string | number)[] = [];
  let column = width(current['space']) + width(current['dash']);
  if (current['key'] !== undefined) path.unshift(current['key']);
  if (current['dash'] !== undefined) {
    path.unshift(0);
    column = width(current['space']);
  }
  for (const line of lines.reverse()) {
    if (/^\s*(?:#|$)/.test(line)) continue;
    if (line.startsWith('---')) break;
    const { space, dash, key } = keyLine.exec(line)?.groups ?? {};
    const keyColumn = width(space) + width(dash);
    // The dashes of a list may stand right below its key.
    const holdsList = path[0] === 0 && dash === undefined && keyColumn === column;
    if (key !== undefined && (keyColumn < column || holdsList)) {
      path.unshift(key);
      column = keyColumn;
    }
    if (dash !== undefined && width(space) < column && path[0] !== 0) {
      path.unshift(0);
      column = width(space);
    }
  }
  return { kind: current['key'] === undefined ? 'key' : 'value', path };
}

function width(text: string | undefined): number {
  return text?.length ?? 0;
}
