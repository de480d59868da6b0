// How what an Application has deployed differs from what was synced last, as Argo CD's own API tells (argo-cd v3.2.11,
// server/application): what its controller has compared, whatever the cluster.
import { isDeepStrictEqual } from 'node:util';
import type { Application, ApplicationSource } from '../argocd/application.ts';
import { lastSyncOf } from '../argocd/last-sync.ts';
import { comparable } from '../diff/comparable.ts';
import type { Change, Drift } from '../diff/drift.ts';
import { type JsonObject, isObject } from '../diff/json.ts';
import { shortRevision } from '../tree/short-revision.ts';
import type { ArgocdServer } from './argocd-server.ts';

/** What Argo CD has compared, or why that does not tell. */
export type ManagedDrift =
  | { readonly kind: 'compared'; readonly drifts: readonly Drift[]; readonly called: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * Asks Argo CD how an Application's resources differ from what was synced last. It compares with what is tracked: that tells only while
 * the same revisions were synced.
 *
 * @param application With its history.
 * @throws ClusterError when Argo CD can't be asked.
 */
export async function managedDrift(argocd: ArgocdServer, application: Application, signal: AbortSignal): Promise<ManagedDrift> {
  const { metadata, spec, status } = application;
  const last = lastSyncOf(application);
  if (!last)
    return { kind: 'unknown', reason: `Application ${metadata.name} was never synced, as far as its status tells: sync it first.` };
  const { revision, revisions = [] } = status?.sync ?? {};
  const tracked = last.several ? revisions : [revision ?? ''];
  const synced = last.sources.map(({ targetRevision = '' }) => targetRevision);
  const plain = ({ targetRevision: _, ...rest }: ApplicationSource): object => rest;
  const sources = last.several ? (spec.sources ?? []) : spec.source ? [spec.source] : [];
  const words = (all: readonly string[]): string => all.map((each) => shortRevision(each, { repositories: [] })).join(', ');
  if (!isDeepStrictEqual(synced, tracked) || !isDeepStrictEqual(last.sources.map(plain), sources.map(plain)))
    return {
      kind: 'unknown',
      reason: `Argo CD has compared Application ${metadata.name} with ${words(tracked)}, and ${words(synced)} was synced last: its API server does not tell more. Sync it, or compare through the Kubernetes context.`,
    };
  const query = { appNamespace: metadata.namespace, project: spec.project };
  const path = `/api/v1/applications/${encodeURIComponent(metadata.name)}/managed-resources`;
  const { items } = await argocd.ask<{ readonly items?: readonly ResourceDiff[] | null }>({ method: 'GET', path, query }, signal);
  const drifts = (items ?? []).flatMap(
    ({ group = '', kind, namespace = '', name, hook, normalizedLiveState, predictedLiveState }): Drift[] => {
      const change = hook === true ? undefined : changeOf(stateIn(normalizedLiveState), stateIn(predictedLiveState));
      return change ? [{ name: { group, kind, namespace, name }, change }] : [];
    },
  );
  return { kind: 'compared', drifts, called: `last synced (${words(synced)})` };
}

function changeOf(live: JsonObject | undefined, rendered: JsonObject | undefined): Change | undefined {
  if (live && rendered) return isDeepStrictEqual(live, rendered) ? { kind: 'same', live } : { kind: 'change', live, rendered };
  if (rendered) return { kind: 'create', rendered, reason: '' };
  return live && { kind: 'prune', live, reason: '' };
}

/** `ResourceDiff` of Argo CD's API v1alpha1, as far as it is read: its states are JSON, `null` for nothing. Secrets come masked. */
interface ResourceDiff {
  readonly group?: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly hook?: boolean;
  readonly normalizedLiveState?: string;
  readonly predictedLiveState?: string;
}

function stateIn(json: string | undefined): JsonObject | undefined {
  const state = JSON.parse(json || 'null') as JsonObject | null;
  return state !== null && isObject(state) ? comparable(state) : undefined;
}
