// Why something is in a rendering, for people.
import type { Origin } from './origin.ts';
import type { PlacedValue } from './annotated-values.ts';
import { uriOf } from '../workspace/paths.ts';

/**
 * What hovering something rendered tells, in Markdown: where it is written, what touched it on its way, and where the chart's values come
 * from that decide it.
 *
 * @param origin Undefined when it can't be told.
 * @param nameOf What a file is called, for people.
 */
export function originText(origin: Origin | undefined, values: readonly PlacedValue[], nameOf: (path: string) => string): string {
  if (!origin) return 'Where this comes from is unknown.';
  const { place, chain } = origin;
  const heading = place
    ? `${place.exact ? 'From' : 'From somewhere in'} ${link(nameOf(place.path), place.path, place.range.start.line + 1)}`
    : 'The step is known, but not a place in a file.';
  const steps = chain.map(({ text, place: at }, index) => {
    const name = at && at.line > 0 ? `${nameOf(at.file)}:${at.line}` : '';
    // A template's step is named by its line already.
    const led = at && name !== '' && !text.includes(name) ? `: ${link(name, at.file, at.line)}` : '';
    return `${index + 1}. ${escaped(text)}${led}`;
  });
  const decided = origin.values.map((key) => `- \`.Values.${key}\`${valueText(key, values)}`);
  return [heading, ...(steps.length > 0 ? [steps.join('\n')] : []), ...(decided.length > 0 ? [decided.join('\n')] : [])].join('\n\n');
}

function valueText(key: string, values: readonly PlacedValue[]): string {
  const found = values.find(({ path }) => path.join('.') === key);
  if (!found) return '';
  const { place, origin, over } = found;
  const from = place ? link(origin, place.path, place.line) : escaped(origin);
  return from === '' ? '' : `: ${from}${over.length > 0 ? `, over ${over.map(escaped).join(', ')}` : ''}`;
}

function link(text: string, path: string, line: number): string {
  const label = text.endsWith(`:${line}`) ? text : `${text}:${line}`;
  return `[${escaped(label)}](${uriOf(path)}#L${line})`;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+!<>|]/g, String.raw`\$&`);
}
