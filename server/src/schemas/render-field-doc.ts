// A field's documentation as markdown, for hover and completion: one line of facts, the description, then an example.
import type { FieldDoc } from './field-doc.ts';
import type { Json } from './json-schema.ts';
import { alternatives } from './words.ts';

/** Longer lists of values are cut: completion shows them all. */
const mostValues = 12;

/** Markdown that stands well in an editor's hover. */
export function renderFieldDoc(doc: FieldDoc): string {
  const facts = [
    `\`${doc.type}\``,
    ...(doc.required ? ['required'] : []),
    ...(isWorthSaying(doc.default) ? [`default ${alternatives([doc.default])}`] : []),
  ];
  const parts = [`**${doc.name}** · ${facts.join(' · ')}`];
  if (doc.deprecation !== undefined) parts.push(`**Deprecated.** ${doc.deprecation}`);
  if (doc.description !== undefined) parts.push(doc.description);
  if (doc.values && doc.values.length > 1) parts.push(`One of ${valueList(doc.values)}.`);
  if (doc.format !== undefined) parts.push(`Must be ${doc.format}.`);
  if (doc.example !== undefined) parts.push(`\`\`\`yaml\n${doc.example}\n\`\`\``);
  parts.push(`[${doc.page.title}](${doc.page.url})`);
  return parts.join('\n\n');
}

function isWorthSaying(value: Json | undefined): boolean {
  return value !== undefined && (typeof value !== 'object' || value === null);
}

function valueList(values: readonly Json[]): string {
  return values.length <= mostValues ? alternatives(values) : `${alternatives(values.slice(0, mostValues)).replace(' or ', ', ')} …`;
}
