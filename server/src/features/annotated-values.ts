// A chart's effective values as a document: behind each value stands where it comes from.
import { nodeAt } from '../workspace/yaml-path.ts';
import { treeOf, yamlDocument } from '../workspace/yaml-document.ts';

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
}

/** The merged values with a comment behind each line that holds one: `replicas: 3  # values-production.yaml:4, over values.yaml:2`. */
export function annotateValues(yaml: string, values: readonly PlacedValue[]): string {
  const tree = treeOf(yamlDocument(yaml));
  const lines = yaml.split('\n');
  const starts = lineStarts(lines);
  const comments = new Map<number, string>();
  for (const { path, origin, over } of values) {
    const node = nodeAt(tree, path);
    if (!node) continue;
    const line = starts.findLastIndex((start) => start <= node.range[0]);
    const told = `${origin || 'unknown'}${over.length > 0 ? `, over ${over.join(', ')}` : ''}`;
    // Several values of one line, as in a list in brackets, mostly come from one place.
    if (!comments.get(line)?.includes(told)) comments.set(line, [comments.get(line), told].filter((part) => part !== undefined).join('; '));
  }
  return lines.map((line, index) => (comments.has(index) ? `${line}  # ${comments.get(index)}` : line)).join('\n');
}

function lineStarts(lines: readonly string[]): number[] {
  const starts: number[] = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.length + 1;
  }
  return starts;
}
