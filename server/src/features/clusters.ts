// Which clusters something is deployed to, as far as the repository tells.
import { type ObjectPipeline, type Pipeline, beginningOf } from '../model/pipeline.ts';
import type { ObjectIn } from '../model/graph.ts';
import type { Settings } from '../../../protocol/src/options.ts';
import type { View } from '../model/view.ts';
import { baseName, relativeTo } from '../workspace/paths.ts';
import { clusterFolderAt } from '../model/capabilities.ts';
import { deployersOf } from './deployers.ts';
import { fileAt, folderOf } from '../workspace/snapshot.ts';
import { namedCluster } from '../dialects/destinations.ts';
import { type DeclaredObject, objectNamed } from '../model/object.ts';
import { previewUri } from '../model/preview-uri.ts';
import { sourceFile } from '../workspace/source-file.ts';

/** What the answer depends on. */
export interface Deploying {
  readonly view: View;
  readonly settings: Settings;
  /** What another pipeline rendered to last; undefined when it never did. */
  rendered(pipeline: Pipeline): string | undefined;
}

/** Where something is deployed. */
export interface Destination {
  /** Names of clusters, sorted; none when that can't be told. */
  readonly clusters: readonly string[];
  /** The objects that deploy an overlay; none for objects, which deploy themselves, and where no object is known. */
  readonly by: readonly { readonly pipeline: ObjectPipeline; readonly clusters: readonly string[] }[];
}

/** Where what a pipeline renders is deployed. A chart alone is deployed nowhere: what deploys it has values of its own. */
export function destinationOf(deploying: Deploying, pipeline: Pipeline): Destination {
  switch (pipeline.kind) {
    case 'chart':
      return { clusters: [], by: [] };
    case 'object':
      return { clusters: sorted(clustersOf(deploying, pipeline, new Set())), by: [] };
    case 'kustomization': {
      const by = deployersOf(deploying.view, pipeline.directory)
        .map(pipelineOf)
        .map((deployer) => ({ pipeline: deployer, clusters: sorted(clustersOf(deploying, deployer, new Set())) }));
      const named = by.length > 0 ? by.flatMap(({ clusters }) => clusters) : clusterByFolder(deploying, pipeline.directory);
      return { clusters: sorted(named), by };
    }
  }
}

/** @param seen The objects that were looked at already: Flux deploys the objects that it is set up with. */
function clustersOf(deploying: Deploying, pipeline: ObjectPipeline, seen: Set<string>): readonly string[] {
  const uri = previewUri(pipeline);
  if (seen.has(uri)) return [];
  seen.add(uri);
  const { view } = deploying;
  const object = objectOf(deploying, pipeline);
  const named = object && namedCluster(view.graph, object);
  if (named !== undefined) return [named];
  const { within } = pipeline;
  if (within.kind === 'object') return clustersOf(deploying, within, seen);
  const place = beginningOf(pipeline);
  const byFolder = clusterByFolder(deploying, place);
  return byFolder.length > 0 ? byFolder : deployersOf(view, place).flatMap((deployer) => clustersOf(deploying, pipelineOf(deployer), seen));
}

function pipelineOf({ file, object: { group, kind, namespace, name } }: ObjectIn): ObjectPipeline {
  return { kind: 'object', group, objectKind: kind, namespace, name, within: { kind: 'file', path: file.path } };
}

function objectOf({ view, rendered }: Deploying, pipeline: ObjectPipeline): DeclaredObject | undefined {
  const { within } = pipeline;
  const yaml = within.kind === 'file' ? undefined : rendered(within);
  const file = within.kind === 'file' ? fileAt(view.graph.snapshot, within.path) : sourceFile(beginningOf(within), yaml ?? '');
  return file && objectNamed(file, pipeline);
}

/** The cluster that a file or folder lies in: by the settings, else by Flux's convention of a folder `clusters/<name>`. */
function clusterByFolder({ view, settings }: Deploying, path: string): string[] {
  const { snapshot } = view.graph;
  const folder = clusterFolderAt(snapshot, settings, path);
  if (folder !== undefined) return [baseName(folder)];
  const top = folderOf(snapshot, path);
  const name = top === undefined ? undefined : /(?:^|\/)clusters\/([^/]+)(?:\/|$)/.exec(relativeTo(top, path))?.[1];
  // A file in `clusters` itself belongs to no cluster.
  return name === undefined || /\.(?:ya?ml|json)$/.test(name) ? [] : [name];
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
