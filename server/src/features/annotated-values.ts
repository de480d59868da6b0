// Effective values as a document: behind each value stands where it comes from.
import { isScalar } from 'yaml';
import { nodeAt, spanOf } from '../workspace/yaml-path.ts';
import { treeOf, yamlDocument } from '../workspace/yaml-document.ts';
import { mask } from './mask-secrets.ts';

/** A line of a file, counted from 1. */
export interface PlacedLine {
  readonly path: string;
  readonly line: number;
}

/** A value that is no table, and the place that it comes from, for people; empty when it can't be told. */
export interface PlacedValue {
  readonly path: readonly (string | number)[];
  readonly origin: string;
  /** The same to go to; undefined when it is no line of a file. */
  readonly place: PlacedLine | undefined;
  /** Where the values stood that it was laid over, the last one first. */
  readonly over: readonly string[];
  /** What comes from a Secret is not shown. */
  readonly shown: 'plain' | 'masked';
}

/** One chart's values. */
export interface PlacedValues {
  /** Which chart of several it is, for people. */
  readonly heading: string;
  readonly yaml: string;
  readonly values: readonly PlacedValue[];
}

/**
 * The values of charts as a document, with a heading over each when there are several.
 *
 * @param notes What a reader must know, a line each.
 */
export function valuesText(title: string, notes: readonly string[], charts: readonly PlacedValues[]): string {
  const top = [`Effective values of ${title}`, ...notes].map((line) => `# ${line}\n`).join('');
  const documents = charts.map(
    ({ heading, yaml, values }) => `${charts.length > 1 ? `# ${heading}\n` : ''}${annotateValues(yaml, values)}`,
  );
  return top + documents.join('---\n');
}

/** The merged values with a comment behind each line that holds one: `replicas: 3  # values-production.yaml:4, over values.yaml:2`. */
export function annotateValues(yaml: string, values: readonly PlacedValue[]): string {
  const tree = treeOf(yamlDocument(yaml));
  const comments = new Map<number, string>();
  const masked: { readonly start: number; readonly end: number }[] = [];
  for (const { path, origin, over, shown } of values) {
    const node = nodeAt(tree, path);
    if (!node) continue;
    const { start, end } = spanOf(node);
    // The text of a block begins below its first line; all else ends where a comment may stand.
    const isBlock = isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
    const written = yaml.slice(start, end).trimEnd();
    const at = lineEnd(yaml, isBlock ? start : start + written.length);
    const told = `${origin || 'unknown'}${over.length > 0 ? `, over ${over.join(', ')}` : ''}`;
    // Several values of one line, as in a list in brackets, mostly come from one place.
    if (!comments.get(at)?.includes(told)) comments.set(at, [comments.get(at), told].filter((part) => part !== undefined).join('; '));
    if (shown === 'masked') masked.push({ start, end: start + written.length });
  }
  const edits = masked.map(({ start, end }) => {
    // A block's comment goes with its first line.
    const inside = lineEnd(yaml, start);
    const comment = inside < end ? comments.get(inside) : undefined;
    if (comment !== undefined) comments.delete(inside);
    return { start, end, text: comment === undefined ? mask : `${mask}  # ${comment}` };
  });
  for (const [at, comment] of comments) edits.push({ start: at, end: at, text: `  # ${comment}` });
  return edits
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end), yaml);
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}
