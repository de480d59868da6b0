// The Kubernetes objects that documents declare.
import { entriesOf, nodeAt, textAt } from '../workspace/yaml-path.ts';
import { type KindName, groupOf } from '../workspace/kind-name.ts';
import type { ObjectName } from './pipeline.ts';
import type { PlacedDocument, SourceFile, Span } from '../workspace/source-file.ts';
import { baseName } from '../workspace/paths.ts';
import { treeOf } from '../workspace/yaml-document.ts';

/** The names under which kustomize looks for a kustomization in a folder, in its own order (kustomize api v0.21.2, `konfig.RecognizedKustomizationFileNames`). */
export const kustomizationFileNames: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** An object that a document declares. */
export interface DeclaredObject extends KindName {
  /** The API group; empty for the core group. */
  readonly group: string;
  readonly name: string;
  /** Empty when the document names none. */
  readonly namespace: string;
  readonly placed: PlacedDocument;
  /** Where its name is written, else its kind; offsets in the document. */
  readonly span: Span;
}

/** What a document is, by its content; a file named as a kustomization is one unless its content says otherwise. */
export function kindOf({ document }: PlacedDocument, path: string): KindName | undefined {
  const { apiVersion, kind } = document.identity;
  if (apiVersion && kind) return { apiVersion, kind };
  if (!kustomizationFileNames.includes(baseName(path))) return undefined;
  // kustomize fills in what is missing (kustomize api v0.21.2, `types.Kustomization.FixKustomizationPostUnmarshalling`).
  const effective = kind ?? 'Kustomization';
  return {
    kind: effective,
    apiVersion: apiVersion ?? (effective === 'Component' ? 'kustomize.config.k8s.io/v1alpha1' : 'kustomize.config.k8s.io/v1beta1'),
  };
}

const known = new WeakMap<PlacedDocument, DeclaredObject>();

/** The object that a document declares; undefined when it declares none. Parses the document: ask {@link kindOf} first. */
export function declaredObject(file: SourceFile, placed: PlacedDocument): DeclaredObject | undefined {
  const object = known.get(placed) ?? readObject(file, placed);
  if (object) known.set(placed, object);
  return object;
}

/** The first object of a file with this group, kind, namespace and name, as they are written; undefined when it has none. */
export function objectNamed(file: SourceFile, wanted: ObjectName): DeclaredObject | undefined {
  for (const placed of file.documents) {
    const kind = kindOf(placed, file.path);
    if (kind?.kind !== wanted.objectKind || groupOf(kind.apiVersion) !== wanted.group) continue;
    const object = declaredObject(file, placed);
    if (object?.name === wanted.name && object.namespace === wanted.namespace) return object;
  }
  return undefined;
}

function readObject(file: SourceFile, placed: PlacedDocument): DeclaredObject | undefined {
  const kind = kindOf(placed, file.path);
  if (!kind) return undefined;
  const tree = treeOf(placed.document);
  const name = textAt(tree, ['metadata', 'name']);
  const kindEntry = entriesOf(tree, nodeAt(tree, [])).find(({ key }) => key === 'kind');
  return {
    ...kind,
    group: groupOf(kind.apiVersion),
    name: name?.value ?? '',
    namespace: textAt(tree, ['metadata', 'namespace'])?.value ?? '',
    placed,
    span: name?.span ?? kindEntry?.keySpan ?? { start: 0, end: 0 },
  };
}
