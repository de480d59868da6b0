import type { ClusterAction } from '../../../../protocol/src/clusters.ts';
import type { Application, ApplicationResource } from '../../cluster/argocd/application.ts';
import { ClusterError } from '../../cluster/cluster-error.ts';
import { targetOf } from '../../cluster/target.ts';
import type { ObjectName } from '../../cluster/tree/row.ts';
import { withRendered } from '../live-compared.ts';
import { type LiveDrift, liveDrift } from '../live-diff.ts';
import type { Session } from '../session.ts';
import type { ActionTarget } from './action-target.ts';
import { selectedResources } from './selected-resources.ts';

/**
 * What a sync will change and prune, a sentence each: for an Application what Argo CD itself has compared, for Flux's objects what dry runs
 * say of the files here.
 */
export async function changesOf(
  session: Session,
  { cluster, inventory, tracked, others }: Pick<ActionTarget, 'cluster' | 'inventory' | 'tracked' | 'others'>,
  action: Extract<ClusterAction, { readonly kind: 'sync' | 'reconcile' }>,
  signal: AbortSignal,
): Promise<string[]> {
  const { object } = tracked;
  if (action.kind === 'sync') return applicationChanges(object as Application, action);
  if (object.kind !== 'Kustomization' && object.kind !== 'HelmRelease') return [];
  try {
    const target = await targetOf(tracked, cluster, others, signal);
    if (target.kind === 'none') return [`What will change is not known: ${target.reason}`];
    const drift = await liveDrift(session, { cluster, inventory, tracked, target: target.cluster }, withRendered, () => undefined, signal);
    return drift ? driftChanges(drift) : [];
  } catch (error) {
    if (error instanceof ClusterError) return [`What will change is not known: ${error.message}`];
    throw error;
  }
}

function applicationChanges({ status }: Application, action: Extract<ClusterAction, { readonly kind: 'sync' }>): string[] {
  const { prune, revision } = action;
  const selected = selectedResources(action);
  // As Argo CD's controller has it (controller/sync.go, v3.2).
  const only =
    selected.length === 0 ? [] : [`Only this is synced, without hooks, and not noted in the history${listed(selected.map(shown))}.`];
  if (revision !== '') return [...only, `What will change at ${revision} is not known before: a dry run tells.`];
  const resources = (status?.resources ?? []).filter((each) => selected.length === 0 || selected.some((one) => isSame(one, each)));
  const differing = resources.filter((each) => each.status === 'OutOfSync');
  const names = (pruned: boolean): string[] =>
    differing
      .filter(({ requiresPruning }) => (requiresPruning === true) === pruned)
      .map(({ group = '', kind, namespace = '', name }) => shown({ group, kind, namespace, name }));
  const [changed, pruned] = [names(false), names(true)];
  return [
    ...only,
    `Argo CD has found ${changed.length} of ${resources.length} resources to change${listed(changed)}.`,
    ...(pruned.length > 0
      ? [`${pruned.length} ${prune ? 'will be deleted' : 'stay, which Git no longer has: nothing is pruned'}${listed(pruned)}.`]
      : []),
  ];
}

function driftChanges(drift: LiveDrift): string[] {
  if (drift.kind === 'unknown') return [`What will change is not known: ${drift.reason}`];
  const of = (kind: string): string[] => drift.drifts.filter(({ change }) => change.kind === kind).map(({ name }) => shown(name));
  const told = (kind: string, words: string): string[] => {
    const names = of(kind);
    return names.length === 0 ? [] : [`${names.length} ${words}${listed(names)}.`];
  };
  const sentences = [
    ...told('create', 'created'),
    ...told('change', 'changed'),
    ...told('prune', 'pruned'),
    ...told('refused', 'refused by the server'),
  ];
  const heading = 'With the files as they are here:';
  return [sentences.length === 0 ? `${heading} nothing changes.` : `${heading} ${sentences.join(' ')}`];
}

function isSame(one: ObjectName, { group = '', kind, namespace = '', name }: ApplicationResource): boolean {
  return one.group === group && one.kind === kind && one.namespace === namespace && one.name === name;
}

function shown({ kind, namespace, name }: ObjectName): string {
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
}

// As many as one reads in a dialog.
const shownAtMost = 5;

function listed(names: readonly string[]): string {
  if (names.length === 0) return '';
  const more = names.length - shownAtMost;
  return `: ${[...names.slice(0, shownAtMost), ...(more > 0 ? [`${more} more`] : [])].join(', ')}`;
}
