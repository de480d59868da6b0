// What may change the names of objects on their way to the cluster.
import type { Graph } from './graph.ts';
import type { View } from './view.ts';
import { entriesOf, nodeAt } from '../workspace/yaml-path.ts';
import type { SourceFile } from '../workspace/source-file.ts';
import { isWithin } from '../workspace/paths.ts';
import { locate } from './repository.ts';
import { overlaysOf } from './reach.ts';
import { treeOf } from '../workspace/yaml-document.ts';

/** Whether the names and the namespaces that a file's objects have on a cluster may be others than those that are written. */
export interface NameChanges {
  readonly names: boolean;
  readonly namespaces: boolean;
}

const knownChanges = new WeakMap<Graph, Map<string, NameChanges>>();

/** What the kustomizations that reach the file at `path` do to the names in it, and the Flux Kustomizations that apply those. */
export function nameChanges(view: View, path: string): NameChanges {
  const files = knownChanges.get(view.graph) ?? new Map<string, NameChanges>();
  knownChanges.set(view.graph, files);
  const changes = files.get(path) ?? findChanges(view, path);
  files.set(path, changes);
  return changes;
}

function findChanges(view: View, path: string): NameChanges {
  const { graph } = view;
  const overlays = overlaysOf(graph, path);
  const places = [path, ...overlays.map(({ directory }) => directory)];
  const keys = [
    ...overlays.flatMap(({ file }) => [file, ...componentsOf(graph, file)]).flatMap((file) => keysOf(file)),
    ...appliers(view).flatMap(({ folder, keys: applied }) => (places.some((place) => isWithin(folder, place)) ? applied : [])),
  ];
  const has = (...wanted: readonly string[]): boolean => keys.some((key) => wanted.includes(key));
  // A transformer may be anything.
  return {
    names: has('namePrefix', 'nameSuffix', 'transformers', 'replacements'),
    namespaces: has('namespace', 'targetNamespace', 'transformers', 'replacements'),
  };
}

function componentsOf(graph: Graph, file: SourceFile): SourceFile[] {
  return graph.referencesFrom(file).flatMap(({ field, target }) => {
    const component = field === 'components' && target.kind === 'path' ? graph.kustomizationAt(target.path) : undefined;
    return component ? [component.file] : [];
  });
}

interface Applier {
  /** The folder that a Flux Kustomization applies. */
  readonly folder: string;
  /** The fields of its `spec`. */
  readonly keys: readonly string[];
}

const knownAppliers = new WeakMap<Graph, readonly Applier[]>();

function appliers(view: View): readonly Applier[] {
  const known = knownAppliers.get(view.graph);
  if (known) return known;
  const kustomizations = view.graph.objects((group, kind) => group === 'kustomize.toolkit.fluxcd.io' && kind === 'Kustomization');
  const found = kustomizations.flatMap(({ file, object }): Applier[] => {
    const applied = view.graph
      .referencesFrom(file)
      .find(({ placed, target }) => placed === object.placed && target.kind === 'repositoryPath');
    if (applied?.target.kind !== 'repositoryPath') return [];
    const located = locate(view.graph, view.repositories, file, applied.target.repository, applied.target.path);
    const tree = treeOf(object.placed.document);
    return located ? [{ folder: located.path, keys: entriesOf(tree, nodeAt(tree, ['spec'])).map(({ key }) => key) }] : [];
  });
  knownAppliers.set(view.graph, found);
  return found;
}

function keysOf(file: SourceFile): string[] {
  return file.documents.flatMap(({ document }) => {
    const tree = treeOf(document);
    return entriesOf(tree, tree.contents).map(({ key }) => key);
  });
}
