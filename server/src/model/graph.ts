// Who points at what, over the whole workspace. What follows from saved files is computed once until the disk changes;
// open files are asked anew, so that a keystroke costs what it touches.
import { type DeclaredObject, declaredObject, kindOf, kustomizationFileNames } from './object.ts';
import { groupOf } from '../workspace/kind-name.ts';
import type { Dialect, Reference } from './reference.ts';
import { baseName, directoryOf, resolveFrom } from '../workspace/paths.ts';
import { type Snapshot, fileAt } from '../workspace/snapshot.ts';
import type { PlacedDocument, SourceFile } from '../workspace/source-file.ts';

/** A reference with the file that holds it. */
export interface ReferenceIn {
  readonly file: SourceFile;
  readonly reference: Reference;
}

/** A folder that kustomize can load, and the file that makes it so. */
export interface KustomizationFolder {
  readonly directory: string;
  readonly file: SourceFile;
  /** A component is rendered as part of the kustomizations that include it, and means nothing alone. */
  readonly kind: 'Kustomization' | 'Component';
}

/** Questions about a snapshot that need more than one file. */
export interface Graph {
  readonly snapshot: Snapshot;
  /** The references that a file holds. */
  referencesFrom(file: SourceFile): readonly Reference[];
  /** The references, anywhere, whose target is the path. */
  referencesTo(path: string): readonly ReferenceIn[];
  /** The references, anywhere, to an object of this group, kind and name, whatever its namespace. */
  referencesToName(group: string, kind: string, name: string): readonly ReferenceIn[];
  /** The references, anywhere, to folders of repositories. */
  repositoryPaths(): readonly ReferenceIn[];
  /** The kustomization that kustomize would load for a folder. */
  kustomizationAt(directory: string): KustomizationFolder | undefined;
  /** All folders with a kustomization or component, by path. */
  kustomizations(): readonly KustomizationFolder[];
  /** All objects that the predicate wants, by the group and kind it is asked about. */
  objects(wanted: (group: string, kind: string) => boolean): readonly ObjectIn[];
  /** All objects that tools make of entries in their documents, as kustomize's generators do. */
  objectsMade(): readonly ObjectIn[];
}

/** An object and the file that it is written in. */
export interface ObjectIn {
  readonly file: SourceFile;
  readonly object: DeclaredObject;
}

/** The graph of a snapshot, with the references that `dialects` find. */
export function graphOf(snapshot: Snapshot, dialects: readonly Dialect[]): Graph {
  const saved = savedIndex(snapshot, dialects);
  const open = index([...snapshot.open.values()], dialects);
  const isSaved = ({ file }: { readonly file: SourceFile }): boolean => !snapshot.open.has(file.path);
  const pointingTo = (key: string): ReferenceIn[] => [
    ...(saved.byTarget.get(key)?.filter(isSaved) ?? []),
    ...(open.byTarget.get(key) ?? []),
  ];
  const graph: Graph = {
    snapshot,
    referencesFrom: (file) => referencesFrom(file, dialects),
    referencesTo: pointingTo,
    referencesToName: (group, kind, name) => pointingTo(nameKey(group, kind, name)),
    repositoryPaths: () => pointingTo(anyRepository),
    kustomizationAt(directory) {
      for (const name of kustomizationFileNames) {
        const file = fileAt(snapshot, resolveFrom(directory, name));
        if (file && isKustomizationFile(file)) return { directory, file, kind: isComponent(file) ? 'Component' : 'Kustomization' };
      }
      return undefined;
    },
    kustomizations() {
      const directories = new Set([...saved.kustomizations, ...open.kustomizations]);
      return [...directories].sort().flatMap((directory) => graph.kustomizationAt(directory) ?? []);
    },
    objects(wanted) {
      const declarations = [...ofKinds(saved, wanted).filter(isSaved), ...ofKinds(open, wanted)];
      return declarations.flatMap(({ file, placed }) => {
        const object = declaredObject(file, placed);
        return object ? { file, object } : [];
      });
    },
    objectsMade: () => [...saved.made.filter(isSaved), ...open.made],
  };
  return graph;
}

function isComponent(file: SourceFile): boolean {
  return file.documents.some((placed) => kindOf(placed, file.path)?.kind === 'Component');
}

/** Whether kustomize would take the file for a folder's kustomization: by its name, unless its content is another tool's. */
export function isKustomizationFile(file: SourceFile): boolean {
  if (!kustomizationFileNames.includes(baseName(file.path))) return false;
  const [first] = file.documents.flatMap((placed) => kindOf(placed, file.path) ?? []);
  return first === undefined || first.apiVersion.startsWith('kustomize.config.k8s.io/');
}

const knownReferences = new WeakMap<SourceFile, readonly Reference[]>();

function referencesFrom(file: SourceFile, dialects: readonly Dialect[]): readonly Reference[] {
  const known = knownReferences.get(file);
  if (known) return known;
  const references = file.documents.flatMap((placed) => dialects.flatMap((dialect) => dialect.references(file, placed)));
  knownReferences.set(file, references);
  return references;
}

function referencesIn(file: SourceFile, dialects: readonly Dialect[]): ReferenceIn[] {
  return referencesFrom(file, dialects).map((reference) => ({ file, reference }));
}

// Paths are absolute, so that no other key is one.
const anyRepository = 'repository';

function nameKey(group: string, kind: string, name: string): string {
  return `object:${group}/${kind}/${name}`;
}

function targetKey({ target }: Reference): string {
  switch (target.kind) {
    case 'path':
      return target.path;
    case 'object':
      return nameKey(target.group, target.objectKind, target.name);
    case 'repositoryPath':
      return anyRepository;
    case 'remote':
      return target.url;
  }
}

/** A document that says what it is, and the file that holds it. */
interface Declaration {
  readonly file: SourceFile;
  readonly placed: PlacedDocument;
  readonly group: string;
  readonly kind: string;
}

/** What some files hold, by what is asked for. */
interface Index {
  /** By what they lead to, see {@link targetKey}. */
  readonly byTarget: ReadonlyMap<string, readonly ReferenceIn[]>;
  /** Folders. */
  readonly kustomizations: readonly string[];
  /** Documents of one kind together, under any key. */
  readonly byKind: ReadonlyMap<string, readonly Declaration[]>;
  readonly made: readonly ObjectIn[];
}

function index(files: readonly SourceFile[], dialects: readonly Dialect[]): Index {
  return {
    byTarget: Map.groupBy(
      files.flatMap((file) => referencesIn(file, dialects)),
      ({ reference }) => targetKey(reference),
    ),
    kustomizations: files.filter(isKustomizationFile).map(({ path }) => directoryOf(path)),
    byKind: Map.groupBy(files.flatMap(declarationsIn), ({ group, kind }) => `${group}/${kind}`),
    made: files.flatMap((file) => objectsMadeIn(file, dialects)),
  };
}

function objectsMadeIn(file: SourceFile, dialects: readonly Dialect[]): ObjectIn[] {
  const objects = file.documents.flatMap((placed) => dialects.flatMap((dialect) => dialect.objectsMade(file, placed)));
  return objects.map((object) => ({ file, object }));
}

function declarationsIn(file: SourceFile): Declaration[] {
  return file.documents.flatMap((placed) => {
    const declared = kindOf(placed, file.path);
    return declared ? [{ file, placed, group: groupOf(declared.apiVersion), kind: declared.kind }] : [];
  });
}

function ofKinds({ byKind }: Index, wanted: (group: string, kind: string) => boolean): Declaration[] {
  return [...byKind.values()].filter(([first]) => first && wanted(first.group, first.kind)).flat();
}

const savedIndexes = new WeakMap<Snapshot['saved'], Index>();

function savedIndex({ saved }: Snapshot, dialects: readonly Dialect[]): Index {
  const known = savedIndexes.get(saved) ?? index([...saved.values()], dialects);
  savedIndexes.set(saved, known);
  return known;
}
