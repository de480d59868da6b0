// One YAML document of a file. It knows only its own text: offsets count from its own start, so that an edit elsewhere
// in the file leaves it, and everything computed from it, as it was.
import { type Document, YAMLParseError, parseDocument } from 'yaml';

/** What a document says it is, read from its first level without parsing it. */
export interface Identity {
  readonly apiVersion: string | undefined;
  readonly kind: string | undefined;
}

/** An immutable YAML document. The same text in the same file stays the same object from snapshot to snapshot. */
export interface YamlDocument {
  readonly text: string;
  readonly identity: Identity;
}

/** A document's syntax tree: always there, with errors beside it, however broken the text is. */
export type YamlTree = Document.Parsed;

/** Makes a document of `text`, which may begin with its `---` line. */
export function yamlDocument(text: string): YamlDocument {
  const begin = contentBegin(text);
  if (text[begin] !== '{') return { text, identity: blockIdentity(text, begin) };
  // JSON is YAML: such a document has no lines to look at, so it is parsed.
  const tree = parse(text);
  const document = { text, identity: { apiVersion: textField(tree, 'apiVersion'), kind: textField(tree, 'kind') } };
  trees.set(document, tree);
  return document;
}

const trees = new WeakMap<YamlDocument, YamlTree>();

/** The syntax tree of a document, parsed at the first call. Aliases stay aliases: a bomb of them costs nothing here. */
export function treeOf(document: YamlDocument): YamlTree {
  const known = trees.get(document);
  if (known) return known;
  const tree = parse(document.text);
  trees.set(document, tree);
  return tree;
}

function parse(text: string): YamlTree {
  const options = { strict: false, uniqueKeys: false, logLevel: 'silent' } as const;
  try {
    return parseDocument(text, options);
  } catch (error) {
    // The library's lexer calls itself for each `- ` of a line: enough of them, and the stack is full.
    if (!(error instanceof RangeError)) throw error;
    const tree = parseDocument('', options) as YamlTree;
    tree.errors.push(new YAMLParseError([0, 1], 'RESOURCE_EXHAUSTION', error.message));
    return tree;
  }
}

function textField(tree: YamlTree, name: string): string | undefined {
  const value = tree.get(name);
  return typeof value === 'string' ? value : undefined;
}

const identityField = /^\uFEFF?([ \t]*)["']?(apiVersion|kind)["']?[ \t]*:(?=\s|$)([^\n]*)/gm;

function blockIdentity(text: string, begin: number): Identity {
  // The first level may be indented itself.
  const lineStart = text.lastIndexOf('\n', begin - 1) + 1;
  const level = text.slice(lineStart, begin).replace('\uFEFF', '').length;
  const found: { apiVersion?: string; kind?: string } = {};
  for (const [, indent = '', field, written = ''] of text.matchAll(identityField)) {
    if (indent.length !== level || (field !== 'apiVersion' && field !== 'kind')) continue;
    const value = textIn(written.trim());
    if (value !== undefined) found[field] ??= value;
  }
  return { apiVersion: found.apiVersion, kind: found.kind };
}

// A scalar on one line, without quotes, anchor and comment; other values are no text.
function textIn(written: string): string | undefined {
  const value = written.replace(/^(?:[&!]\S*\s+)+/, '');
  const [, double, single] = /^(?:"([^"]*)"|'([^']*)')/.exec(value) ?? [];
  const comment = value.search(/(?:^|\s)#/);
  const plain = (comment < 0 ? value : value.slice(0, comment)).trimEnd();
  return double ?? single ?? (plain === '' || /^[[\]{}|>*&!"'%@`]/.test(plain) ? undefined : plain);
}

// What may stand before a document's content: white space (a byte order mark is one), comments, directives, marks.
const prologue = /\s+|#[^\n]*|(?:---|\.\.\.)(?=\s|$)|^%[^\n]*/my;

/** The offset of the first character that is content; the text's length when there is none. */
function contentBegin(text: string): number {
  let at = 0;
  for (prologue.lastIndex = 0; prologue.test(text);) at = prologue.lastIndex;
  return at;
}

/**
 * Where the documents of a YAML stream begin. What stands before a document's `---` line belongs to it when it is no
 * content: comments, directives. After a `...` line a document begins without one.
 */
export function splitDocuments(text: string): { readonly start: number; readonly end: number }[] {
  const starts = [0];
  let marked = false;
  for (const { 0: mark, index } of text.matchAll(/^\uFEFF?(?:---(?=\s|$)|\.\.\.(?=\s|$)[^\n]*\n?)/gm)) {
    if (mark.includes('...')) {
      starts.push(index + mark.length);
      marked = false;
      continue;
    }
    if (marked || hasContent(text.slice(starts.at(-1), index))) starts.push(index);
    marked = true;
  }
  const ends = [...starts.slice(1), text.length];
  return starts
    .map((start, position) => ({ start, end: ends[position] ?? text.length }))
    .filter(({ start, end }) => start < end || start === 0);
}

function hasContent(text: string): boolean {
  return contentBegin(text) < text.length;
}

/** Whether the text holds nothing but white space, comments and document marks. */
export function isEmptyDocument({ text }: YamlDocument): boolean {
  return !hasContent(text);
}
