// What a controller would make of an object of a cluster with the sources as they are here, unsaved buffers and all.
import { type Tracked, idOf } from '../cluster/tree/inventory.ts';
import type { ObjectName } from '../cluster/tree/row.ts';
import { plannerOf } from '../dialects/planners.ts';
import type { ObjectIn } from '../model/graph.ts';
import type { FoundObject, Planning } from '../model/planning.ts';
import { objectNamed } from '../model/object.ts';
import { baseName, resolveFrom } from '../workspace/paths.ts';
import { type SourceFile, sourceFile } from '../workspace/source-file.ts';
import { type YamlDocument, yamlDocument } from '../workspace/yaml-document.ts';
import { completedFrom } from './from-cluster.ts';
import { meantDeclarations } from './meant-declarations.ts';
import { askRegistered } from './registered-clusters.ts';
import { type LiveOwner, type LiveRendering, renderInCluster, textOf } from './render-in-cluster.ts';
import type { Session } from './session.ts';

/**
 * Renders what an object of a cluster deploys, as its controller would: the object as what deploys it renders it, or as a file here
 * declares it, else as it is in the cluster.
 *
 * @returns undefined when `signal` ended it first.
 * @throws ClusterError when a cluster can't be asked.
 */
export async function renderLive(session: Session, owner: LiveOwner, signal: AbortSignal): Promise<LiveRendering | undefined> {
  const { rendering } = session;
  if (rendering.kind === 'off') return { kind: 'unknown', reason: rendering.reason };
  const { name } = owner.tracked;
  const planner = plannerOf(name.group, name.kind);
  if (!planner) return { kind: 'unknown', reason: `${name.kind} renders nothing: its kind is none that a controller renders.` };
  const { renders } = rendering;
  const written = await writtenObject(session, owner, signal);
  const found = foundObject(name, written.document, written.file);
  const { cluster, inventory } = owner;
  const planning: Planning = {
    view: session.view,
    settings: session.settings(),
    rendered: async (other) => (await renders.render(other, signal))?.yaml,
    registeredClusters: (set) => askRegistered(cluster, inventory, set, signal),
  };
  const completed = await completedFrom(cluster, found, planning, signal);
  const planned = await planner(found, completed.planning);
  if (signal.aborted) return undefined;
  if ('refused' in planned) return { kind: 'unknown', reason: planned.refused };
  const notes = [...written.notes, ...completed.notes];
  return renderInCluster({ ...planned, notes: [...notes, ...planned.notes] }, owner, 'rendered', renders.ask.bind(renders), signal);
}

interface Written {
  readonly document: YamlDocument;
  readonly file: SourceFile;
  readonly notes: readonly string[];
}

async function writtenObject(session: Session, owner: LiveOwner, signal: AbortSignal): Promise<Written> {
  const { tracked, inventory, cluster } = owner;
  const { name, object } = tracked;
  const declarations = meantDeclarations(session.view, inventory, tracked);
  const declared = onlyOne(declarations);
  const file = declared?.file ?? fileOfNone(session, name.name);
  const parent = inventory.parentOf(idOf(name));
  const made = parent && (await renderLive(session, { cluster, inventory, tracked: parent, target: cluster }, signal));
  if (made?.kind === 'rendered') {
    const document = documentNamed(made.yaml, tracked);
    if (document) return { document, file, notes: [] };
  }
  if (declared) return { document: declared.object.placed.document, file, notes: [] };
  return {
    document: yamlDocument(textOf(object)),
    file,
    notes: [`${name.kind} ${name.name} ${undeclared(declarations)}: it is taken as it is in the cluster.`],
  };
}

function onlyOne(declarations: readonly ObjectIn[]): ObjectIn | undefined {
  return declarations.length === 1 ? declarations[0] : undefined;
}

function undeclared(declarations: readonly ObjectIn[]): string {
  if (declarations.length === 0) return 'is not declared in the files here';
  return `is declared in several files here (${declarations.map(({ file }) => baseName(file.path)).join(', ')})`;
}

function documentNamed(yaml: string, { name: { group, kind, namespace, name } }: Tracked): YamlDocument | undefined {
  const file = sourceFile('/rendering.yaml', yaml);
  const wanted = { group, objectKind: kind, name };
  // What names no namespace goes into that of what applies it.
  return (objectNamed(file, { ...wanted, namespace }) ?? objectNamed(file, { ...wanted, namespace: '' }))?.placed.document;
}

function fileOfNone({ workspace: { snapshot } }: Session, name: string): SourceFile {
  return sourceFile(resolveFrom(snapshot.folders[0] ?? '/', `${name}.yaml`), '');
}

/** An object of that name, written in a file, for planners. */
export function foundObject({ group, kind, namespace, name }: ObjectName, document: YamlDocument, file: SourceFile): FoundObject {
  const within = { kind: 'file', path: file.path } as const;
  return { pipeline: { kind: 'object', group, objectKind: kind, namespace, name, within }, document, file };
}
