// What an object of a cluster was synced to last, as far as that can be had: what its controller says that it was, rendered from the commit in
// a clone here, or what Helm itself has noted.
import type { Application } from '../cluster/argocd/application.ts';
import { lastSyncOf } from '../cluster/argocd/last-sync.ts';
import { type FluxObject, sourceOf } from '../cluster/flux/flux-object.ts';
import { type ReleaseRecord, releaseRecord } from '../cluster/flux/release-record.ts';
import { ClusterError } from '../cluster/cluster-error.ts';
import { readObject } from '../cluster/objects.ts';
import type { ObjectName } from '../cluster/tree/row.ts';
import type { HelmReleaseDetails } from '../engine/engine.ts';
import { sourceGroup } from '../dialects/flux/source-folder.ts';
import { type SyncedSource, renderCommits } from './commit-rendering.ts';
import { type LiveOwner, type LiveRendering, textOf } from './render-in-cluster.ts';
import type { Session } from './session.ts';

/**
 * Renders what an object of a cluster was synced to last: an Application and a Flux Kustomization from the commits that their status names,
 * which have to be in a clone that is open here; a HelmRelease as Helm keeps its release in the cluster. Nothing is fetched.
 *
 * @returns undefined when `signal` ended it first.
 * @throws ClusterError when a cluster can't be asked.
 */
export async function renderLastSynced(session: Session, owner: LiveOwner, signal: AbortSignal): Promise<LiveRendering | undefined> {
  const { cluster, tracked } = owner;
  const { name } = tracked;
  // What is watched is kept without its history.
  const object = await readObject(cluster, name, signal);
  const whole = { ...owner, tracked: { ...tracked, object } };
  switch (name.kind) {
    case 'Application':
      return applicationSynced(session, whole, signal);
    case 'Kustomization':
      return kustomizationSynced(session, whole, signal);
    case 'HelmRelease':
      return releaseSynced(whole, signal);
    default:
      return unknown(noRevision(name));
  }
}

/** Why an object of that kind was never synced. */
export function noRevision({ kind, name }: ObjectName): string {
  return `${kind} ${name} has no revision that it was synced to: compare what it has made.`;
}

async function applicationSynced(session: Session, owner: LiveOwner, signal: AbortSignal): Promise<LiveRendering | undefined> {
  const { object, name } = owner.tracked;
  const application = object as Application;
  const last = lastSyncOf(application);
  if (!last) return unknown(`Application ${name.name} was never synced, as far as its status tells: sync it first.`);
  const { source: _, sources: __, ...spec } = application.spec as Application['spec'] & { readonly sourceHydrator?: unknown };
  const [source] = last.sources;
  const text = textOf({ ...application, spec: { ...spec, ...(last.several ? { sources: last.sources } : { source }) } });
  const sources = last.sources.flatMap(({ repoURL, chart, targetRevision = '' }): SyncedSource[] =>
    chart === undefined ? [{ url: repoURL, commit: targetRevision }] : [],
  );
  return renderCommits(session, owner, text, sources, signal);
}

async function kustomizationSynced(session: Session, owner: LiveOwner, signal: AbortSignal): Promise<LiveRendering | undefined> {
  const { object, name } = owner.tracked;
  const kustomization = object as FluxObject;
  const revision = kustomization.status?.lastAppliedRevision ?? '';
  if (revision === '') return unknown(`Kustomization ${name.name} was never applied, as its status tells: reconcile it first.`);
  const reference = sourceOf(kustomization);
  // fluxcd/pkg/git, and source-controller API v1: `<branch or tag>@sha1:<commit>`; of artifacts that are no commits, the digest.
  const commit = /(?:^|@)sha(?:1|256):([0-9a-f]{40}(?:[0-9a-f]{24})?)$/.exec(revision)?.[1];
  if (reference?.kind !== 'GitRepository' || commit === undefined)
    return unknown(
      `Kustomization ${name.name} was last applied from ${reference?.kind ?? 'a source'} ${reference?.name ?? ''} at ${revision}, which is no commit of a Git repository: only its controller has it.`,
    );
  try {
    const source = await readObject(owner.cluster, { ...reference, group: sourceGroup }, signal);
    const { url = '' } = (source.spec ?? {}) as { readonly url?: string };
    return await renderCommits(session, owner, textOf(object), [{ url, commit }], signal);
  } catch (error) {
    if (!(error instanceof ClusterError) || (error.kind !== 'notFound' && error.kind !== 'forbidden')) throw error;
    return unknown(`GitRepository ${reference.name}, from which Kustomization ${name.name} was applied, can't be read: ${error.message}`);
  }
}

async function releaseSynced({ cluster, tracked: { object } }: LiveOwner, signal: AbortSignal): Promise<LiveRendering> {
  const release = object as FluxObject;
  const record = await releaseRecord(cluster, release, signal);
  if (typeof record === 'string') return unknown(record);
  const details: Pick<HelmReleaseDetails, 'release' | 'namespace'> = { release: record.name, namespace: record.namespace };
  return {
    kind: 'rendered',
    yaml: record.manifest,
    called: `last released (${record.name}.v${record.version})`,
    notes: [],
    secrets: secretsOf(release, record),
    details,
    configuration: undefined,
  };
}

/** Values that may have come from a Secret: the record does not tell which ones did, so all that the HelmRelease does not spell out itself. */
function secretsOf({ spec }: FluxObject, { config }: ReleaseRecord): string[] {
  const { valuesFrom = [], values } = (spec ?? {}) as {
    readonly valuesFrom?: readonly { readonly kind: string }[];
    readonly values?: unknown;
  };
  return valuesFrom.some(({ kind }) => kind === 'Secret') ? textsBut(config, values) : [];
}

function textsBut(value: unknown, spelled: unknown): string[] {
  if (typeof value === 'string') return value === spelled ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  const others = (typeof spelled === 'object' && spelled !== null ? spelled : {}) as Readonly<Record<string, unknown>>;
  return Object.entries(value).flatMap(([key, inner]) => textsBut(inner, others[key]));
}

function unknown(reason: string): LiveRendering {
  return { kind: 'unknown', reason };
}
