// What a cluster says about an object that is not as it should be: its own status, its source's, what it has applied, their pods, events.
import type { Application } from '../argocd/application.ts';
import type { Cluster } from '../cluster.ts';
import { ClusterError } from '../cluster-error.ts';
import { type ObjectEvent, eventsOf } from '../events.ts';
import type { ArtifactGenerator } from '../flux/artifact-generator.ts';
import { type FluxObject, sourceOf } from '../flux/flux-object.ts';
import type { Condition, LiveObject } from '../live-object.ts';
import type { ManagedResource } from '../object-state.ts';
import { type Pod, podsOf, workloadKinds } from '../pods.ts';
import { type Inventory, type Tracked, idOf, managedBy, managesHere } from '../tree/inventory.ts';
import type { ObjectName } from '../tree/row.ts';

/** Something that is said. */
export interface Statement {
  /** `Kustomization shop/web`. */
  readonly about: string;
  /** What says it: a condition, the operation, an event. */
  readonly where: string;
  readonly text: string;
}

/** All that is known. */
export interface Evidence {
  readonly tracked: Tracked;
  readonly statements: readonly Statement[];
  /** Of the object itself. */
  readonly events: readonly ObjectEvent[];
  /** What could not be asked, a sentence each. */
  readonly gaps: readonly string[];
}

// Of many that are not well, the first say enough.
const examined = 5;

/**
 * Collects what there is to know. Changes nothing.
 *
 * @throws the reason of `signal`. What the user may not read is told among the gaps.
 */
export async function evidenceOf(cluster: Cluster, inventory: Inventory, tracked: Tracked, signal: AbortSignal): Promise<Evidence> {
  const gaps = new Set<string>();
  const asked = async <Answer>(asking: Promise<Answer[]>): Promise<Answer[]> => {
    try {
      return await asking;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ClusterError)) throw error;
      // What is not there yet has nothing to tell.
      if (error.kind !== 'notFound') gaps.add(error.message);
      return [];
    }
  };
  const events = await asked(eventsOf(cluster, tracked.name, signal));
  const unwell = managesHere(tracked.object) ? unwellResources(tracked) : [];
  const around = await Promise.all(
    unwell.map(async (name) => {
      const [own, pods] = await Promise.all([asked(eventsOf(cluster, name, signal)), asked(podsOf(cluster, name, signal))]);
      const podEvents = await Promise.all(pods.slice(0, examined).map((pod) => asked(eventsOf(cluster, podName(pod), signal))));
      return [
        ...warnings(label(name), own),
        ...pods.flatMap(podStatements),
        ...pods.slice(0, examined).flatMap((pod, index) => warnings(label(podName(pod)), podEvents[index] ?? [])),
      ];
    }),
  );
  const own = label(tracked.name);
  const statements = [
    ...(tracked.object.kind === 'Application'
      ? applicationStatements(tracked.object as Application, own)
      : conditionStatements(tracked.object, own)),
    ...sourceStatements(inventory, tracked.object),
    ...childStatements(inventory, tracked),
    ...warnings(own, events),
    ...around.flat(),
  ];
  return { tracked, statements: distinct(statements), events, gaps: [...gaps] };
}

/** `Kustomization shop/web`. */
export function label({ kind, namespace, name }: ObjectName): string {
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
}

function applicationStatements({ status }: Application, about: string): Statement[] {
  const operation = status?.operationState;
  const hasFailed = operation?.phase === 'Failed' || operation?.phase === 'Error';
  const failed = (operation?.syncResult?.resources ?? []).filter(
    ({ status: is, hookPhase }) => is === 'SyncFailed' || hookPhase === 'Failed' || hookPhase === 'Error',
  );
  return [
    ...failed.map(({ kind, namespace = '', name, message = '' }) => ({
      about: label({ group: '', kind, namespace, name }),
      where: 'its part in the last sync',
      text: message,
    })),
    ...(status?.conditions ?? []).map(({ type, message = '' }) => ({ about, where: `condition ${type}`, text: message })),
    ...(hasFailed ? [{ about, where: 'the last sync', text: operation.message ?? operation.phase }] : []),
    ...(status?.resources ?? [])
      .filter(({ health }) => health?.message !== undefined && health.status !== 'Healthy')
      .map(({ kind, namespace = '', name, health }) => ({
        about: label({ group: '', kind, namespace, name }),
        where: `health ${health?.status ?? ''}`,
        text: health?.message ?? '',
      })),
  ];
}

function conditionStatements({ status }: LiveObject, about: string): Statement[] {
  const { conditions = [] } = (status ?? {}) as { readonly conditions?: readonly Condition[] };
  const isBad = ({ type, status: is }: Condition): boolean =>
    type === 'Stalled' || type === 'FetchFailed' || type === 'ErrorOccurred' ? is === 'True' : is === 'False' && type !== 'Reconciling';
  return conditions
    .filter(isBad)
    .map(({ type, reason = '', message = '' }) => ({ about, where: `condition ${type} (${reason})`, text: message }));
}

function warnings(about: string, events: readonly ObjectEvent[]): Statement[] {
  return events
    .filter(({ type }) => type === 'Warning')
    .map(({ reason, message, count }) => ({ about, where: `event ${reason}${count > 1 ? ` (${count} times)` : ''}`, text: message }));
}

function podStatements(pod: Pod): Statement[] {
  const about = label(podName(pod));
  const { conditions = [], containerStatuses = [], initContainerStatuses = [] } = pod.status ?? {};
  return [
    ...[...initContainerStatuses, ...containerStatuses].flatMap(({ name, state }) =>
      state?.waiting?.reason === undefined || harmless.has(state.waiting.reason)
        ? []
        : [{ about, where: `container ${name}`, text: [state.waiting.reason, state.waiting.message].filter(Boolean).join(': ') }],
    ),
    ...conditions
      .filter(({ type, status }) => type === 'PodScheduled' && status === 'False')
      .map(({ reason = '', message = '' }) => ({ about, where: `condition PodScheduled (${reason})`, text: message })),
  ];
}

const harmless: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing']);

function podName({ metadata }: Pod): ObjectName {
  return { group: '', kind: 'Pod', namespace: metadata.namespace ?? '', name: metadata.name };
}

/**
 * What an object has applied and may not be well: as Flux's message names it (`Deployment/shop/web`), or as Argo CD says. Since 3.0 it
 * writes no health of resources unless it is told to; then all workloads of an Application that is not well are looked at.
 */
function unwellResources({ object, state: { health } }: Tracked): ObjectName[] {
  const said = object.kind === 'Application' ? '' : JSON.stringify((object as FluxObject).status?.conditions ?? []);
  const isUnwell = ({ kind, namespace, name, state }: ManagedResource): boolean => {
    if (!state) return said.includes(`${kind}/${namespace}/${name}`) || said.includes(`${kind}/${name}`);
    return state.health === undefined ? health !== 'healthy' && workloadKinds.has(kind) : state.health !== 'healthy';
  };
  // Of a workload that no namespace is known of, nobody can be asked.
  return managedBy(object)
    .filter((each) => isUnwell(each) && (each.namespace !== '' || !workloadKinds.has(each.kind)))
    .slice(0, examined);
}

/** What the source of an object of Flux's says, and of an artifact what makes it. */
function sourceStatements({ objects }: Inventory, object: LiveObject): Statement[] {
  const reference = object.kind === 'Application' ? undefined : sourceOf(object as FluxObject);
  if (!reference) return [];
  const around = [...objects.values()].filter(({ name }) => name.namespace === reference.namespace);
  const source = around.find(({ name }) => name.kind === reference.kind && name.name === reference.name);
  const own = source ? conditionStatements(source.object, label(source.name)) : [];
  if (reference.kind !== 'ExternalArtifact' || source) return own;
  const makers = around.filter(({ object: { kind, spec } }) => {
    const { artifacts = [] } = (kind === 'ArtifactGenerator' ? (spec as ArtifactGenerator['spec']) : undefined) ?? {};
    return artifacts.some(({ name }) => name === reference.name);
  });
  const about = label({ ...reference, group: '' });
  if (makers.length === 0) return [{ about, where: 'in the cluster', text: 'no ArtifactGenerator of the namespace makes it' }];
  return makers.flatMap((maker) =>
    maker.object.status === undefined
      ? [{ about: label(maker.name), where: 'its status', text: 'no controller has looked at this ArtifactGenerator' }]
      : conditionStatements(maker.object, label(maker.name)),
  );
}

/** What the objects that an object has put into the cluster complain of. */
function childStatements({ childrenOf }: Inventory, { name }: Tracked): Statement[] {
  return childrenOf(idOf(name))
    .filter(({ state }) => state.health === 'degraded' && state.message !== '')
    .slice(0, examined)
    .map((child) => ({ about: label(child.name), where: child.state.words, text: child.state.message }));
}

function distinct(statements: readonly Statement[]): Statement[] {
  const seen = new Set<string>();
  return statements.filter(({ about, text }) => {
    const key = `${about}\n${text}`;
    return text !== '' && !seen.has(key) && seen.add(key);
  });
}
