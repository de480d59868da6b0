// What can be written at the cursor: yaml-language-server says what, our own documentation says what it means.
import type { CompletionItem, Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Span } from '../workspace/source-file.ts';
import { cursorPlace } from '../workspace/cursor-place.ts';
import { describe } from './field-doc.ts';
import type { KindEntry } from './pool-format.ts';
import type { SchemaPool } from './pool.ts';
import { renderFieldDoc } from './render-field-doc.ts';
import type { TypedDocument } from './typed-document.ts';
import type { YamlService } from './yaml-service.ts';

/** LSP's CompletionItemKind.Class: its package would bring the whole connection here. */
const classKind = 7;

/** A completion, with the place that it replaces counted from the document's start. */
export interface Suggestion {
  readonly label: string;
  /** LSP's CompletionItemKind. */
  readonly kind: CompletionItem['kind'];
  /** Where {@link text} goes. */
  readonly span: Span;
  /** Snippet syntax. */
  readonly text: string;
  /** Type and so on, beside the label. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  readonly sortText?: string;
  readonly filterText?: string;
}

/** Suggestions at an offset from the document's start; none when the kind has no schema. */
export async function complete(
  pool: SchemaPool,
  yaml: YamlService,
  { document, kind }: TypedDocument,
  offset: number,
): Promise<readonly Suggestion[]> {
  const entry = kind && pool.entryFor(kind);
  if (!entry) return [];
  const place = cursorPlace(document.text, offset);
  const text = yaml.document(document.text, entry);
  const { items } = await yaml.completions(text, text.positionAt(offset));
  const found = items.map((item): Found => ({ item, span: spanOf(text, item, offset) }));
  const wanted =
    place.kind === 'key' && place.path.length > 0 && found.every(isNewItem) ? await keysInItem(yaml, entry, document.text, offset) : found;
  return wanted.filter(isWritten).map(({ item, span }) => {
    const doc = describe(pool, kind, place.kind === 'value' ? place.path : [...place.path, item.label]);
    const documentation = doc ? renderFieldDoc(doc) : markdownOf(item);
    const isField = place.kind === 'key' && doc !== undefined;
    return {
      label: isNewItem({ item }) ? '- new item' : item.label,
      kind: item.kind,
      span,
      text: item.textEdit?.newText ?? item.insertText ?? item.label,
      ...(isField && { detail: doc.required ? `${doc.type}, required` : doc.type }),
      ...(documentation !== undefined && { documentation }),
      ...(isField && doc.required ? { sortText: `0${item.label}` } : item.sortText !== undefined && { sortText: item.sortText }),
      ...(item.filterText !== undefined && { filterText: item.filterText }),
    };
  });
}

interface Found {
  readonly item: CompletionItem;
  readonly span: Span;
}

function isNewItem({ item }: Pick<Found, 'item'>): boolean {
  return item.label.startsWith('- (array item)');
}

// The outline of all required fields together is offered as if it were a field named `object`.
function isWritten({ item }: Found): boolean {
  return item.kind !== classKind;
}

/**
 * On an empty line in an item of a list whose dashes stand below their key, yaml-language-server offers another item
 * only. With the first letter of a key there, it sees where it is.
 */
async function keysInItem(yaml: YamlService, entry: KindEntry, text: string, offset: number): Promise<Found[]> {
  const begun = yaml.document(`${text.slice(0, offset)}a${text.slice(offset)}`, entry);
  const { items } = await yaml.completions(begun, begun.positionAt(offset + 1));
  return items.map((item) => {
    const { start, end } = spanOf(begun, item, offset + 1);
    return { item, span: { start, end: Math.max(start, end > offset ? end - 1 : end) } };
  });
}

function spanOf(text: TextDocument, { textEdit }: CompletionItem, offset: number): Span {
  const range: Range | undefined = textEdit && ('range' in textEdit ? textEdit.range : textEdit.replace);
  return range ? { start: text.offsetAt(range.start), end: text.offsetAt(range.end) } : { start: offset, end: offset };
}

function markdownOf({ documentation }: CompletionItem): string | undefined {
  const text = typeof documentation === 'string' ? documentation : documentation?.value;
  return text === undefined || text === '' ? undefined : text;
}
