// What an object of a cluster renders to with its sources at the commits that its controller has synced.
import { ended } from '../cluster/pause.ts';
import { shortRevision } from '../cluster/tree/short-revision.ts';
import { dialects } from '../dialects/dialects.ts';
import { plannerOf } from '../dialects/planners.ts';
import { commitFiles } from '../git/commit-files.ts';
import { graphOf } from '../model/graph.ts';
import type { Planning } from '../model/planning.ts';
import type { View } from '../model/view.ts';
import { comparable } from '../model/repository.ts';
import { disk } from '../workspace/disk.ts';
import type { FileSystem } from '../workspace/file-system.ts';
import { resolveFrom } from '../workspace/paths.ts';
import type { Repository } from '../workspace/repository.ts';
import { sourceFile } from '../workspace/source-file.ts';
import { yamlDocument } from '../workspace/yaml-document.ts';
import { completedFrom } from './from-cluster.ts';
import { foundObject } from './live-rendering.ts';
import { askRegistered } from './registered-clusters.ts';
import { type LiveOwner, type LiveRendering, renderInCluster } from './render-in-cluster.ts';
import type { Session } from './session.ts';

/** A Git repository at a commit. */
export interface SyncedSource {
  readonly url: string;
  /** Its full id. */
  readonly commit: string;
}

/**
 * Renders an object as it is in its cluster, from commits that clones here have. Values and sources that it names are those of the cluster,
 * whatever the files here say: they are what the controller had.
 *
 * @param text The object, as YAML.
 * @returns undefined when `signal` ended it first.
 * @throws ClusterError when a cluster can't be asked.
 */
export async function renderCommits(
  session: Session,
  owner: LiveOwner,
  text: string,
  sources: readonly SyncedSource[],
  signal: AbortSignal,
): Promise<LiveRendering | undefined> {
  const { rendering } = session;
  if (rendering.kind === 'off') return { kind: 'unknown', reason: rendering.reason };
  const { name } = owner.tracked;
  const planner = plannerOf(name.group, name.kind);
  if (!planner) return { kind: 'unknown', reason: `${name.kind} renders nothing: its kind is none that a controller renders.` };
  const clones = await clonesAt(session.view.repositories, `${name.kind} ${name.name}`, sources, signal);
  // What git was stopped at is not missing.
  if (typeof clones === 'string') return signal.aborted ? undefined : { kind: 'unknown', reason: clones };
  const { files, repositories } = clones;
  // Nothing is declared but what the cluster has.
  const empty = { ...session.view.graph.snapshot, saved: new Map(), open: new Map(), places: new Map() };
  const view: View = { graph: graphOf(empty, dialects), repositories };
  const settings = session.settings();
  const place = resolveFrom(repositories[0]?.root ?? '/', `${name.name}.yaml`);
  const found = foundObject(name, yamlDocument(text), sourceFile(place, ''));
  const planning: Planning = {
    view,
    settings: { ...settings, sources: { ...settings.sources, map: {} } },
    rendered: () => Promise.resolve(undefined),
    registeredClusters: (set) => askRegistered(owner.cluster, owner.inventory, set, signal),
  };
  const completed = await completedFrom(owner.cluster, found, planning, signal);
  const planned = await planner(found, completed.planning);
  if (ended(signal)) return undefined;
  if ('refused' in planned) return { kind: 'unknown', reason: planned.refused };
  const commits = [...new Set(repositories.map(({ commit = '' }) => shortRevision(commit, { repositories: [] })))];
  const called = commits.length === 0 ? 'last synced' : `last synced (${commits.join(', ')})`;
  return renderInCluster(planned, owner, called, (request, ending) => rendering.renderFrom(files, request, ending), signal);
}

interface Clones {
  /** The commits' files, where the working trees have theirs. */
  readonly files: FileSystem;
  /** The clones as if the commits were checked out. */
  readonly repositories: readonly Repository[];
}

/** The clones here that have these commits; why they don't, and what to do, when one is missing. */
async function clonesAt(
  known: readonly Repository[],
  label: string,
  sources: readonly SyncedSource[],
  signal: AbortSignal,
): Promise<Clones | string> {
  let files: FileSystem = disk;
  const used = new Map<string, Repository>();
  for (const { url, commit } of sources) {
    const clones = known.filter(({ remotes }) => remotes.some((remote) => comparable(remote) === comparable(url)));
    const revision = shortRevision(commit, { repositories: [] });
    if (clones.length === 0)
      return `${label} was last synced from ${url} at ${revision}, and no folder that is open here is a clone of it: open one.`;
    const other = clones.find(({ root }) => used.has(root));
    if (other && used.get(other.root)?.commit === commit) continue;
    if (other) return `${label} was last synced from two revisions of ${url}, which can't be rendered together from one clone.`;
    const clone = await firstWith(clones, commit, files, signal);
    if (!clone)
      return `${label} was last synced to ${revision}, which is not in ${clones.map(({ root }) => root).join(', ')}: fetch it there (git fetch), and compare again.`;
    files = clone.files;
    used.set(clone.repository.root, { ...clone.repository, branch: undefined, commit });
  }
  return { files, repositories: [...used.values()] };
}

async function firstWith(
  clones: readonly Repository[],
  commit: string,
  behind: FileSystem,
  signal: AbortSignal,
): Promise<{ readonly repository: Repository; readonly files: FileSystem } | undefined> {
  for (const repository of clones) {
    const files = await commitFiles(repository.root, commit, behind, signal);
    if (files) return { repository, files };
  }
  return undefined;
}
