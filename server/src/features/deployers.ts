// Which objects deploy a file or folder.
import type { Graph, ObjectIn } from '../model/graph.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import type { SourceFile } from '../workspace/source-file.ts';
import type { View } from '../model/view.ts';
import { directoryOf, isWithin } from '../workspace/paths.ts';
import { groupOf } from '../workspace/kind-name.ts';
import { kindOf } from '../model/object.ts';
import { locate } from '../model/repository.ts';
import { overlaysOf } from '../model/reach.ts';
import { plannerOf } from '../dialects/planners.ts';

/**
 * The objects in files that deploy the manifest or the kustomization's folder at `place`: those that name its folder, or that of an
 * overlay which includes it. Of a folder without a kustomization Flux makes one, with all below it.
 */
export function deployersOf(view: View, place: string): ObjectIn[] {
  const { graph } = view;
  const own = graph.kustomizationAt(place);
  const overlays = overlaysOf(graph, own?.file.path ?? place).map(({ directory }) => directory);
  const folders = new Set(overlays.length > 0 ? overlays : [directoryOf(place)]);
  const holds = (folder: string): boolean => [...folders].some((each) => isWithin(folder, each) && isGenerated(graph, folder, each));
  const deploying = deploymentsIn(view).filter(({ folder, isFlux }) => folders.has(folder) || (isFlux && holds(folder)));
  return [...new Set(deploying.map(({ by }) => by))];
}

/** Whether the kustomization that Flux makes for `folder` reaches down to `below`. */
function isGenerated(graph: Graph, folder: string, below: string): boolean {
  for (let at = below; at !== folder; at = directoryOf(at)) {
    if (at !== below && graph.kustomizationAt(at)) return false;
  }
  return graph.kustomizationAt(folder) === undefined;
}

/** A folder of the workspace that an object deploys. */
interface Deployment {
  readonly by: ObjectIn;
  readonly folder: string;
  readonly isFlux: boolean;
}

/** What is known of one state of the disk. */
interface Known {
  readonly repositories: View['repositories'];
  /** The open files that it depends on. */
  readonly open: readonly SourceFile[];
  readonly deployments: readonly Deployment[];
}

const known = new WeakMap<Snapshot['saved'], Known>();

// Every keystroke asks for it, and few of them are in files that change it.
function deploymentsIn(view: View): readonly Deployment[] {
  const { graph, repositories } = view;
  const { saved, open } = graph.snapshot;
  const decisive = [...open.values()].filter((file) => isDecisive(file) || isDecisive(saved.get(file.path)));
  const last = known.get(saved);
  const isSame =
    last?.repositories === repositories && last.open.length === decisive.length && last.open.every((file, at) => file === decisive[at]);
  if (last && isSame) return last.deployments;
  const deployments = graph.objects((group, kind) => plannerOf(group, kind) !== undefined).flatMap((by) => deploymentsOf(view, by));
  known.set(saved, { repositories, open: decisive, deployments });
  return deployments;
}

function deploymentsOf({ graph, repositories }: View, by: ObjectIn): Deployment[] {
  return graph.referencesFrom(by.file).flatMap(({ placed, target }) => {
    if (placed !== by.object.placed || target.kind !== 'repositoryPath') return [];
    const located = locate(graph, repositories, by.file, target.repository, target.path);
    return located ? [{ by, folder: located.path, isFlux: target.repository.kind === 'object' }] : [];
  });
}

/** Whether a file has objects that deploy something, or say which repository they deploy it from. */
function isDecisive(file: SourceFile | undefined): boolean {
  return (file?.documents ?? []).some((placed) => {
    const declared = file && kindOf(placed, file.path);
    return (
      declared !== undefined && (declared.kind === 'GitRepository' || plannerOf(groupOf(declared.apiVersion), declared.kind) !== undefined)
    );
  });
}
