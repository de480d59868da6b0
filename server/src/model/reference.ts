// What documents point at. A dialect finds the references of its documents; everything that asks "who uses this?" or
// "is it there?" works on them alike.
import type { DeclaredObject } from './object.ts';
import type { ObjectName } from './pipeline.ts';
import type { PlacedDocument, SourceFile, Span } from '../workspace/source-file.ts';

/** What a reference leads to. */
export type Target =
  /** A place in the file tree. */
  | { readonly kind: 'path'; readonly path: string; readonly expects: Expectation }
  /** Something that would have to be fetched. */
  | { readonly kind: 'remote'; readonly url: string }
  /** A folder of a Git repository, which may be this one. */
  | { readonly kind: 'repositoryPath'; readonly path: string; readonly repository: RepositoryName }
  /** An object of the cluster; an empty namespace is one that the document does not tell. */
  | ({ readonly kind: 'object' } & ObjectName);

/** What the tool wants at a path: a folder with a kustomization, a file, or either of them. */
export type Expectation = 'file' | 'kustomization' | 'fileOrKustomization';

/** How a document names a Git repository: by its address, or by the object that declares it. */
export type RepositoryName =
  { readonly kind: 'url'; readonly url: string; readonly revision: string | undefined } | ({ readonly kind: 'object' } & ObjectName);

/** A place in a document that points at something else. */
export interface Reference {
  readonly placed: PlacedDocument;
  /** Where it is written; offsets in the document, quotes included. */
  readonly span: Span;
  /** The field that holds it, as its owner calls it: `resources`, `spec.path`. */
  readonly field: string;
  /** What is written there. */
  readonly text: string;
  readonly target: Target;
}

/** What one tool (kustomize, Flux, Argo CD, Helm) adds to the model. */
export interface Dialect {
  /** The tool's name, as it writes itself. */
  readonly name: string;
  /** The references in a document of this tool; none for other documents. */
  references(file: SourceFile, placed: PlacedDocument): readonly Reference[];
  /** The objects that the tool makes of entries in a document of its own; the span is the name in the entry. */
  objectsMade(file: SourceFile, placed: PlacedDocument): readonly DeclaredObject[];
}
