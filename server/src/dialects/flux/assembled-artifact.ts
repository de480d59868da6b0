// ExternalArtifacts that an ArtifactGenerator of this repository puts together (source-watcher API v1beta1 of v2.2.4).
import type { FoundObject, Planning, Refusal } from '../../model/planning.ts';
import { type SourceFile, sourceFile } from '../../workspace/source-file.ts';
import { type SourceReference, noSource, sourceFolder, sourceGroup } from './source-folder.ts';
import { type YamlDocument, type YamlTree, treeOf } from '../../workspace/yaml-document.ts';
import { itemsOf, nodeAt, textAt } from '../../workspace/yaml-path.ts';
import type { AssembledArtifact, FluxSource } from '../../engine/flux-source.ts';
import type { DeclaredObject } from '../../model/object.ts';
import { beginningOf } from '../../model/pipeline.ts';
import { nearestFirst } from '../../model/nearest-object.ts';
import { objectsMade } from './objects-made.ts';
import { pipelinesAround } from './pipelines-around.ts';

/** Where the artifact of a source comes from, and what must be known of it. */
export interface SourceOf extends FluxSource {
  readonly notes: readonly string[];
}

/**
 * Where the artifact of a source comes from that a Flux object names: a folder, a copy, or what an ArtifactGenerator puts together of such.
 * A folder that the user has mapped to the source comes first.
 */
export async function sourceOf(found: FoundObject, planning: Planning, reference: SourceReference): Promise<SourceOf | Refusal> {
  return sourceFrom({ found, planning, file: found.file, above: [] }, reference);
}

interface Asking {
  readonly found: FoundObject;
  readonly planning: Planning;
  /** The file that the source is named in. */
  readonly file: SourceFile;
  /** The artifacts that are put together of this source. */
  readonly above: readonly string[];
}

async function sourceFrom(asking: Asking, reference: SourceReference): Promise<SourceOf | Refusal> {
  const folder = sourceFolder(asking.planning, asking.file, reference);
  if (!('refused' in folder) || reference.kind !== 'ExternalArtifact') return folder;
  const made = await generatorOf(asking, reference);
  return made ? assembled(asking, reference, made, folder) : folder;
}

interface Generator {
  readonly document: YamlDocument;
  readonly namespace: string;
  readonly file: SourceFile;
}

/** The ArtifactGenerator that makes an artifact: as what renders the object or includes it renders it, or as it is written nearest. */
async function generatorOf({ found, planning, file }: Asking, { namespace, name }: SourceReference): Promise<Generator | undefined> {
  const isMade = ({ group, kind, ...made }: DeclaredObject): boolean =>
    group === sourceGroup &&
    kind === 'ExternalArtifact' &&
    made.name === name &&
    (made.namespace === namespace || made.namespace === '' || namespace === '');
  for (const around of pipelinesAround(planning.view.graph, found)) {
    const rendering = sourceFile(beginningOf(around), (await planning.rendered(around)) ?? '');
    const made = rendering.documents.flatMap((placed) => objectsMade(rendering, placed)).find(isMade);
    if (made) return { document: made.placed.document, namespace: made.namespace || namespace, file };
  }
  const [written] = nearestFirst(
    file,
    planning.view.graph.objectsMade().filter(({ object }) => isMade(object)),
  );
  return written && { document: written.object.placed.document, namespace: written.object.namespace || namespace, file: written.file };
}

async function assembled(
  asking: Asking,
  { namespace, name }: SourceReference,
  generator: Generator,
  unknown: Refusal,
): Promise<SourceOf | Refusal> {
  const tree = treeOf(generator.document);
  // Which artifacts a pattern gives, and which folders each has, is decided by what the sources have.
  if (textAt(tree, ['spec', 'pathPattern']) || asking.above.includes(`${namespace}/${name}`)) return unknown;
  const aliases = copiedAliases(tree, name);
  const sources: Record<string, FluxSource> = {};
  const notes: string[] = [];
  for (const source of itemsOf(tree, nodeAt(tree, ['spec', 'sources']))) {
    const field = (key: string): string => textAt(tree, [key], source)?.value ?? '';
    if (!aliases.has(field('alias'))) continue;
    const reference = { kind: field('kind'), name: field('name'), namespace: field('namespace') || generator.namespace };
    const inside = { ...asking, file: generator.file, above: [...asking.above, `${namespace}/${name}`] };
    const given = await sourceFrom(inside, reference);
    if ('refused' in given) return given;
    const { notes: noted, ...fields } = given;
    sources[field('alias')] = fields;
    notes.push(...noted);
  }
  const artifact: AssembledArtifact = { namespace, name, generator: generator.document.text, sources };
  return { root: '', source: noSource, ignore: '', artifact, notes: [...new Set(notes)] };
}

/** The sources that an artifact is copied from. */
function copiedAliases(tree: YamlTree, name: string): ReadonlySet<string> {
  const artifacts = itemsOf(tree, nodeAt(tree, ['spec', 'artifacts'])).filter((each) => textAt(tree, ['name'], each)?.value === name);
  const copies = artifacts.flatMap((artifact) => itemsOf(tree, nodeAt(tree, ['copy'], artifact)));
  return new Set(copies.flatMap((copy) => /^@([^/]+)\//.exec(textAt(tree, ['from'], copy)?.value ?? '')?.[1] ?? []));
}
