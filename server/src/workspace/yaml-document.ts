// One YAML document of a file. It knows only its own text: offsets count from its own start, so that an edit elsewhere
// in the file leaves it, and everything computed from it, as it was.
import { type Document, type ParsedNode, parseDocument } from 'yaml';

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
export type YamlTree = Document.Parsed<ParsedNode>;

/** Makes a document of `text`, which may begin with its `---` line. */
export function yamlDocument(text: string): YamlDocument {
  return { text, identity: identityOf(text) };
}

const trees = new WeakMap<YamlDocument, YamlTree>();

/** The syntax tree of a document, parsed at the first call. Aliases stay aliases: a bomb of them costs nothing here. */
export function treeOf(document: YamlDocument): YamlTree {
  const known = trees.get(document);
  if (known) return known;
  const tree = parseDocument(document.text, { strict: false, uniqueKeys: false, logLevel: 'silent' }) as YamlTree;
  trees.set(document, tree);
  return tree;
}

const firstLevelField = /^(?:"?(apiVersion|kind)"?)[ \t]*:[ \t]+(?:"([^"\n]*)"|'([^'\n]*)'|([^\s#'"][^\n#]*?))[ \t]*(?:#[^\n]*)?\r?$/gm;

function identityOf(text: string): Identity {
  const content = text.startsWith('---') ? text.slice(3).trimStart() : text.trimStart();
  if (content.startsWith('{')) return flowIdentity(text);
  const found: { apiVersion?: string; kind?: string } = {};
  for (const [, field, double, single, plain] of text.matchAll(firstLevelField)) {
    if (field === 'apiVersion' || field === 'kind') found[field] ??= (double ?? single ?? plain ?? '').trim();
  }
  return { apiVersion: found.apiVersion, kind: found.kind };
}

// JSON is YAML: such a document has no lines to look at, so it is parsed.
function flowIdentity(text: string): Identity {
  const tree = parseDocument(text, { strict: false, uniqueKeys: false, logLevel: 'silent' });
  const field = (name: string): string | undefined => {
    const value = tree.get(name);
    return typeof value === 'string' ? value : undefined;
  };
  return { apiVersion: field('apiVersion'), kind: field('kind') };
}

/** Where the documents of a YAML stream begin: each with its `---` line, comments above the first one before it. */
export function splitDocuments(text: string): { readonly start: number; readonly end: number }[] {
  const starts = [0];
  for (const { index } of text.matchAll(/^---(?=\s|$)/gm)) {
    if (index > 0 && !/^%/m.test(text.slice(starts.at(-1), index))) starts.push(index);
  }
  return starts.map((start, position) => ({ start, end: starts[position + 1] ?? text.length }));
}

/** Whether the text holds nothing but white space, comments and document marks. */
export function isEmptyDocument({ text }: YamlDocument): boolean {
  return /^\uFEFF?(?:---(?=\s|$))?(?:\s|#[^\n]*(?:\n|$)|^\.\.\.\s*$)*$/m.exec(text)?.[0].length === text.length;
}
