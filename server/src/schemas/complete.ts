// What can be written at the cursor: yaml-language-server says what, our own documentation says what it means.
import type { CompletionItem, Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Span } from '../workspace/source-file.ts';
import { pathAt, type YamlPath } from '../workspace/yaml-path.ts';
import { treeOf } from '../workspace/yaml-document.ts';
import { describe } from './field-doc.ts';
import type { SchemaPool } from './pool.ts';
import { renderFieldDoc } from './render-field-doc.ts';
import type { TypedDocument } from './service.ts';
import type { YamlService } from './yaml-service.ts';

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
export async function complete(pool: SchemaPool, yaml: YamlService, { document, kind }: TypedDocument, offset: number): Promise<readonly Suggestion[]> {
  const entry = kind && pool.entryFor(kind);
  if (!entry) return [];
  const text = yaml.document(document.text, entry);
  const { items } = await yaml.completions(text, text.positionAt(offset));
  const parent = parentPath(document.text, offset, () => pathAt(treeOf(document), offset)?.path);
  return items.map((item): Suggestion => {
    const doc = describe(pool, kind, [...parent, item.label]);
    const documentation = doc ? renderFieldDoc(doc) : markdownOf(item);
    return {
      label: item.label,
      kind: item.kind,
      span: spanOf(text, item, offset),
      text: item.textEdit?.newText ?? item.insertText ?? item.label,
      ...(doc && { detail: doc.required ? `${doc.type}, required` : doc.type }),
      ...(documentation !== undefined && { documentation }),
      ...(doc?.required ? { sortText: `0${item.label}` } : item.sortText !== undefined && { sortText: item.sortText }),
      ...(item.filterText !== undefined && { filterText: item.filterText }),
    };
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

/**
 * The path of the mapping that a key at `offset` would belong to. While a key is being written the tree is broken or
 * does not hold it yet, so indentation decides.
 */
function parentPath(text: string, offset: number, onTree: () => YamlPath | undefined): YamlPath {
  const lines = text.slice(0, offset).split('\n');
  const current = lines.pop() ?? '';
  if (/^\s*(?:- )?[^\s#-][^:]*:\s/.test(current)) return onTree() ?? [];
  let indent = /^[\s-]*/.exec(current)?.[0].length ?? 0;
  const path: (string | number)[] = [];
  if (/^\s*-/.test(current)) {
    path.unshift(0);
    indent = current.indexOf('-');
  }
  for (const line of lines.reverse()) {
    const match = /^(\s*)(- +)?(?:(["']?)([^\s#"'][^:"']*)\3\s*:(\s|$))?/.exec(line);
    const [, space = '', dash, , key] = match ?? [];
    if (line.trim() === '' || line.trim().startsWith('#')) continue;
    const column = space.length + (dash?.length ?? 0);
    if (key !== undefined && (column < indent || (path[0] === 0 && column === indent && dash === undefined))) {
      path.unshift(key);
      indent = column;
    }
    if (dash !== undefined && space.length < indent) {
      path.unshift(0);
      indent = space.length;
    }
    if (indent === 0 && path[0] !== 0) break;
  }
  return path;
}
