// Where the files of a Flux source are.
import type { Planning, Refusal } from '../../model/planning.ts';
import type { Source } from '../../engine/source.ts';
import type { SourceFile } from '../../workspace/source-file.ts';
import { textAt } from '../../workspace/yaml-path.ts';
import { treeOf } from '../../workspace/yaml-document.ts';
import { type LocatedPath, addressOf, locate, topFolder } from '../../model/repository.ts';
import { mappedByName, mappedPlace } from '../../workspace/mappings.ts';
import { nearestObject } from '../../model/nearest-object.ts';

/** The API group of Flux's sources. */
export const sourceGroup = 'source.toolkit.fluxcd.io';

/** How a Flux object names its source. */
export interface SourceReference {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** A source's top folder, or, where `root` is empty, what the host must have a copy of. */
export interface SourceFolder {
  readonly root: string;
  readonly source: Source;
  /** The source's `spec.ignore`; empty for none. */
  readonly ignore: string;
  /** What must be known of the folder. */
  readonly notes: readonly string[];
}

/** Stands where no copy is asked for. */
export const noSource: Source = { kind: 'git', url: '', name: '', revision: '' };

/**
 * The folder of a source that a Flux object in `file` names: the one that the user has mapped, or this repository's where the source is
 * this repository.
 */
export function sourceFolder(planning: Planning, file: SourceFile, reference: SourceReference): SourceFolder | Refusal {
  const { graph, repositories } = planning.view;
  const { kind, namespace, name } = reference;
  const mapped = mappedFolder(planning, file, reference);
  if (mapped) return mapped;
  if (kind !== 'GitRepository')
    return {
      refused: `Its source is the ${kind || 'source'} ${name}: what is in it can't be told from Git. Say which folder stands for it in "drydock.sources.map", as "${sourceName(reference)}".`,
    };
  const repository = { kind: 'object', group: sourceGroup, objectKind: kind, namespace, name } as const;
  const here = locate(graph, repositories, file, repository, '.');
  const declared = nearestObject(graph, file, { group: sourceGroup, objectKind: kind, namespace, name });
  const ignore = (declared && textAt(treeOf(declared.object.placed.document), ['spec', 'ignore'])?.value) ?? '';
  if (here) return { root: here.root, source: noSource, ignore, notes: notesOn(name, here) };
  const bootstrapped = declared ? undefined : bootstrapFolder(planning, file, reference);
  if (bootstrapped) return bootstrapped;
  const address = declared && addressOf(declared.object);
  if (!address) return { refused: `GitRepository ${name} is not declared in this workspace, so nothing tells what is in it.` };
  return { root: '', source: { kind: 'git', url: address.url, name: '', revision: address.revision ?? '' }, ignore, notes: [] };
}

/**
 * The repository that `file` is in, for the GitRepository that `flux bootstrap` makes, named as its namespace, and may not have committed yet;
 * undefined for others.
 */
function bootstrapFolder(
  { view: { graph, repositories } }: Planning,
  file: SourceFile,
  { namespace, name }: SourceReference,
): SourceFolder | undefined {
  const root = name === namespace ? topFolder(graph, repositories, file) : undefined;
  const note = `GitRepository ${name} is not declared in this workspace: it is taken for this repository, which \`flux bootstrap\` makes it of.`;
  return root === undefined ? undefined : { root, source: noSource, ignore: '', notes: [note] };
}

/** The folder that stands for a source by its name or, as no copy of it is ever made, its address. */
export function mappedFolder(
  { view: { graph }, settings }: Planning,
  file: SourceFile,
  { kind, namespace, name }: SourceReference,
): SourceFolder | undefined {
  const declared = nearestObject(graph, file, { group: sourceGroup, objectKind: kind, namespace, name });
  const spec = (field: string): string => (declared && textAt(treeOf(declared.object.placed.document), ['spec', field])?.value) ?? '';
  const { map } = settings.sources;
  const top = graph.snapshot.folders[0] ?? '/';
  const named = mappedByName(map, top, sourceName({ kind, namespace: namespace || (declared?.object.namespace ?? ''), name }));
  const url = kind === 'OCIRepository' ? spec('url') : '';
  const root = named ?? (url === '' ? undefined : mappedPlace(map, top, { url, name: '' }));
  return root === undefined ? undefined : { root, source: noSource, ignore: spec('ignore'), notes: [] };
}

function sourceName({ kind, namespace, name }: SourceReference): string {
  return [kind, namespace, name].filter(Boolean).join('/');
}

function notesOn(name: string, { elsewhere }: LocatedPath): string[] {
  return elsewhere === undefined
    ? []
    : [`GitRepository ${name} follows "${elsewhere}", which is not checked out: this is the working tree rendered.`];
}
