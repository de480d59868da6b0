// What a rendering consists of: its documents as resources, without parsing more than needs be.
import { type TextAt, textAt } from '../workspace/yaml-path.ts';
import { splitDocuments, treeOf, yamlDocument } from '../workspace/yaml-document.ts';
import type { Span } from '../workspace/source-file.ts';

/** A resource of a rendering. What its document does not say is empty. */
export interface RenderedResource {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Where its name is written; offsets in the rendering. */
  readonly nameSpan: Span | undefined;
  /** The document with the `---` line and the comments in front of it; offsets in the rendering. */
  readonly document: Span;
  /** Its fields, without what stands in front of them; offsets in the rendering. */
  readonly content: Span;
}

/** Where a resource stands. */
type Place = Pick<RenderedResource, 'document' | 'content'>;

/** Where the resources of a rendering stand, in their order; documents with nothing but comments are none. */
export function resourcePlaces(text: string): Place[] {
  return splitDocuments(text).flatMap((document) => {
    const written = text.slice(document.start, document.end);
    const from = written.search(/^(?!---|\.\.\.|#|%|\s*$)/m);
    if (from < 0) return [];
    return [{ document, content: { start: document.start + from, end: document.start + written.trimEnd().length } }];
  });
}

/** The resources of a rendering in their order. */
export function resourcesIn(text: string): RenderedResource[] {
  return resourcePlaces(text).map((place) => {
    const { start, end } = place.document;
    const written = text.slice(start, end);
    const { name, namespace } = scannedMetadata(written) ?? parsedMetadata(written);
    return {
      ...place,
      kind: yamlDocument(written).identity.kind ?? '',
      namespace,
      name: name?.value ?? '',
      nameSpan: name && { start: start + name.span.start, end: start + name.span.end },
    };
  });
}

interface Metadata {
  readonly name: TextAt | undefined;
  readonly namespace: string;
}

function parsedMetadata(written: string): Metadata {
  const tree = treeOf(yamlDocument(written));
  return { name: textAt(tree, ['metadata', 'name']), namespace: textAt(tree, ['metadata', 'namespace'])?.value ?? '' };
}

// The tools print `metadata` as a block of lines with plain names; to parse a thousand resources for these would take a second.
// Undefined when it is written in another way.
function scannedMetadata(written: string): Metadata | undefined {
  const found = /^metadata:[ \t]*\n((?:( +)\S.*\n?)(?: +.*\n?|\n)*)/m.exec(written);
  if (!found) return undefined;
  const [all, block = '', indent = ''] = found;
  const blockStart = found.index + all.length - block.length;
  const field = (key: string): TextAt | undefined => {
    const line = new RegExp(`^(${indent}${key}:[ \\t]+)(["']?)([A-Za-z0-9][\\w.:-]*)\\2[ \\t]*$`, 'm').exec(block);
    if (!line) return undefined;
    const [, before = '', quote = '', value = ''] = line;
    const start = blockStart + line.index + before.length;
    return { value, span: { start, end: start + value.length + 2 * quote.length } };
  };
  const [name, namespace] = [field('name'), field('namespace')];
  if (!name || (!namespace && block.includes('namespace:'))) return undefined;
  return { name, namespace: namespace?.value ?? '' };
}
