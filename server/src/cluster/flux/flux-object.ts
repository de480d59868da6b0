// What Flux's controllers write into the status of their objects.
import type { Condition, LiveObject } from '../live-object.ts';
import type { Health, ManagedResource, ObjectState } from '../object-state.ts';

/** An object of Flux's API groups, as far as it is read. */
export interface FluxObject extends LiveObject {
  readonly spec?: {
    readonly suspend?: boolean;
    /** Of a Kustomization, as `deletionPolicy`. */
    readonly prune?: boolean;
    readonly deletionPolicy?: string;
    /** Of a HelmRepository. */
    readonly type?: string;
    readonly dependsOn?: readonly { readonly name: string; readonly namespace?: string }[];
    readonly sourceRef?: FluxReference;
    readonly chartRef?: FluxReference;
    readonly chart?: { readonly spec?: { readonly chart?: string; readonly version?: string; readonly sourceRef?: FluxReference } };
    readonly kubeConfig?: unknown;
    readonly targetNamespace?: string;
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly conditions?: readonly Condition[];
    readonly lastAppliedRevision?: string;
    readonly lastAttemptedRevision?: string;
    readonly lastHandledReconcileAt?: string;
    readonly artifact?: { readonly revision?: string; readonly lastUpdateTime?: string };
    readonly latestRef?: { readonly name?: string; readonly tag?: string };
    readonly inventory?: { readonly entries?: readonly { readonly id: string; readonly v: string }[] };
    readonly storageNamespace?: string;
    readonly history?: readonly {
      readonly name?: string;
      readonly chartVersion?: string;
      readonly appVersion?: string;
      readonly status?: string;
      readonly version?: number;
    }[];
  };
}

/** How Flux names another object of its own. */
export interface FluxReference {
  readonly kind: string;
  readonly name: string;
  /** That of the object that names it when not given. */
  readonly namespace?: string;
}

/** How it stands: its `Ready` condition, unless it is suspended or its controller has not yet seen its latest form. */
export function fluxState(object: FluxObject): ObjectState {
  const { spec, status, metadata } = object;
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  const stalled = status?.conditions?.find(({ type, status: is }) => type === 'Stalled' && is === 'True');
  const suspended = spec?.suspend === true || (object.kind === 'ArtifactGenerator' && isDisabled(object));
  return {
    ...told(),
    sync: undefined,
    suspended,
    revision:
      status?.lastAppliedRevision ?? status?.artifact?.revision ?? status?.history?.[0]?.chartVersion ?? status?.latestRef?.tag ?? '',
    since: ready?.lastTransitionTime ?? '',
  };

  function told(): { readonly health: Health; readonly words: string; readonly message: string } {
    const message = ready?.message ?? '';
    if (metadata.deletionTimestamp !== undefined) return { health: 'progressing', words: 'Terminating', message };
    if (suspended) return { health: 'suspended', words: 'Suspended', message };
    if (stalled) return { health: 'degraded', words: stalled.reason ?? 'Stalled', message: stalled.message ?? message };
    if (!ready)
      return isStatusless(object) ? { health: 'healthy', words: '', message } : { health: 'unknown', words: 'Not yet reconciled', message };
    if ((status?.observedGeneration ?? metadata.generation) !== metadata.generation && ready.status === 'True')
      return { health: 'progressing', words: 'Reconciling', message: 'The controller has not yet seen the latest change of this object.' };
    if (ready.status === 'True') return { health: 'healthy', words: 'Ready', message };
    return ready.status === 'False'
      ? { health: 'degraded', words: ready.reason ?? 'Not ready', message }
      : { health: 'progressing', words: ready.reason ?? 'Reconciling', message };
  }
}

/** Whether an ArtifactGenerator has been told to make nothing (source-watcher API v1beta1); other kinds have `spec.suspend` for that. */
function isDisabled({ metadata }: LiveObject): boolean {
  return metadata.annotations?.['source.extensions.fluxcd.io/reconcile']?.toLowerCase() === 'disabled';
}

/** Alerts, Providers and HelmRepositories that are registries are only read by others; no controller says how they stand. */
function isStatusless({ kind, spec }: FluxObject): boolean {
  return kind === 'Alert' || kind === 'Provider' || (kind === 'HelmRepository' && spec?.type === 'oci');
}

/** What it has put into the cluster, from its inventory: `<namespace>_<name>_<group>_<kind>`, with `__` for a colon in a name. */
export function fluxInventory({ status }: FluxObject): ManagedResource[] {
  return (status?.inventory?.entries ?? []).map(({ id, v }) => {
    // Names of objects have no underscore but in place of a colon, so the kind and the group are the last two, the namespace the first.
    const parts = id.split('_');
    const [namespace = ''] = parts;
    const kind = parts.at(-1) ?? '';
    const group = parts.at(-2) ?? '';
    const name = parts.slice(1, -2).join('_').replaceAll('__', ':');
    return { namespace, name, group, kind, version: v, state: undefined };
  });
}

/** The source that it delivers from; undefined when it has none. */
export function sourceOf({ spec, metadata, kind }: FluxObject): (FluxReference & { readonly namespace: string }) | undefined {
  const reference = spec?.sourceRef ?? spec?.chartRef ?? spec?.chart?.spec?.sourceRef;
  if (!reference || kind === 'ImageUpdateAutomation') return undefined;
  return { ...reference, namespace: reference.namespace ?? metadata.namespace ?? '' };
}
