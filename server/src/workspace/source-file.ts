import { TextDocument } from 'vscode-languageserver-textdocument';
import { type YamlDocument, splitDocuments, yamlDocument } from './yaml-document.ts';
import type { Range } from '../../../protocol/src/range.ts';
import { uriOf } from './paths.ts';

/** A document and where it begins in its file, as a UTF-16 offset. */
export interface PlacedDocument {
  readonly document: YamlDocument;
  readonly start: number;
}

/** One YAML file as it was at one moment. */
export interface SourceFile {
  readonly path: string;
  readonly uri: string;
  readonly text: string;
  readonly documents: readonly PlacedDocument[];
  /** Lines and offsets of {@link text}; LSP positions. */
  readonly lines: TextDocument;
}

/**
 * Makes a source file of `text`. Documents whose text did not change are taken over from `previous`, with everything
 * that was computed from them.
 */
export function sourceFile(path: string, text: string, previous?: SourceFile): SourceFile {
  if (previous?.path === path && previous.text === text) return previous;
  const known = new Map(previous?.documents.map(({ document }) => [document.text, document]));
  const documents = splitDocuments(text).map(({ start, end }): PlacedDocument => {
    const slice = text.slice(start, end);
    return { document: known.get(slice) ?? yamlDocument(slice), start };
  });
  return { ...fileWithoutDocuments(path, text), documents };
}

/** A file whose text is kept for rendering and not looked into: it is too large. */
export function fileWithoutDocuments(path: string, text: string): SourceFile {
  const uri = uriOf(path);
  return { path, uri, text, documents: [], lines: TextDocument.create(uri, 'yaml', 0, text) };
}

/** A stretch of text in a document, by offsets from the document's start; half-open. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The LSP range of a span of one of the file's documents. */
export function rangeOf(file: SourceFile, placed: PlacedDocument, span: Span): Range {
  return { start: file.lines.positionAt(placed.start + span.start), end: file.lines.positionAt(placed.start + span.end) };
}

/** The document that holds the offset, counted from the file's start. */
export function documentAt(file: SourceFile, offset: number): PlacedDocument | undefined {
  return file.documents.findLast(({ start }) => start <= offset);
}
