// Finds the health of what objects manage whose tools don't write it, as long as their rows are open: the resources are watched, and
// the controllers' own code says how each stands.
import { setTimeout as pause } from 'node:timers/promises';
import type { ApiResource } from './api-resources.ts';
import { healthOf } from './argocd/application.ts';
import type { Cluster } from './cluster.ts';
import { ClusterError } from './cluster-error.ts';
import { type Tool, watchedKind } from './kinds.ts';
import { type LiveObject, withoutBallast } from './live-object.ts';
import type { Health, ManagedResource } from './object-state.ts';
import { ended } from './pause.ts';
import { idOf, managedBy, managesHere, nameOf, type Tracked } from './tree/inventory.ts';
import { type FoundHealth, isUntold } from './tree/resource-health.ts';
import { type Selector, watchKind } from './watch.ts';

/** How the controllers judge objects, one answer for each; undefined when nobody can be asked. */
export type Judge = (
  tool: Tool,
  objects: readonly object[],
  signal: AbortSignal,
) => Promise<readonly { readonly status: string; readonly message: string }[] | undefined>;

// What has no health: whether it is there is what its tool looks after. Secrets are never read for this.
const quiet = new Set(['/ConfigMap', '/Secret', '/ServiceAccount', '/Namespace', '/ResourceQuota', '/LimitRange']);
const quietGroups = new Set(['rbac.authorization.k8s.io', 'scheduling.k8s.io', 'storage.k8s.io']);
/** Kinds in namespaces that are watched for one object at most. */
const mostWatches = 24;
// Milliseconds for which changes are gathered before they are judged.
const gathered = 100;

/** What is known of the resources of one object. */
interface Looking {
  readonly ending: AbortController;
  /** The resources that are looked at; new ones need new watches. */
  readonly resources: string;
  readonly found: Map<string, FoundHealth>;
}

/** The health of what the objects of one cluster manage. */
export class ResourceHealth {
  readonly #cluster: Cluster;
  readonly #judge: Judge;
  readonly #changed: () => void;
  readonly #failed: (error: unknown) => void;
  readonly #looking = new Map<string, Looking>();

  /** @param changed Called when something was found. */
  constructor(cluster: Cluster, judge: Judge, changed: () => void, failed: (error: unknown) => void) {
    this.#cluster = cluster;
    this.#judge = judge;
    this.#changed = changed;
    this.#failed = failed;
  }

  /** What was found of an object's resources. */
  of(owner: Tracked): ReadonlyMap<string, FoundHealth> {
    return this.#looking.get(idOf(owner.name))?.found ?? nothing;
  }

  /** Looks at an object's resources until {@link only} leaves it out. */
  look(owner: Tracked): void {
    const id = idOf(owner.name);
    const before = this.#looking.get(id);
    const wanted = managesHere(owner.object) ? managedBy(owner.object).filter(isLookedAt) : [];
    const resources = wanted.map(idOf).join('\n');
    if (before?.resources === resources) return;
    before?.ending.abort();
    this.#looking.delete(id);
    if (wanted.length === 0) return;
    // What was found stays until something else is.
    const looking: Looking = { ending: new AbortController(), resources, found: new Map(before?.found) };
    this.#looking.set(id, looking);
    this.#watchAll(owner.kind.tool, wanted, looking).catch((error: unknown) => {
      if (!looking.ending.signal.aborted && !(error instanceof ClusterError)) this.#failed(error);
    });
  }

  /** Leaves all objects alone but those with these ids. */
  only(ids: ReadonlySet<string>): void {
    for (const [id, { ending }] of this.#looking)
      if (!ids.has(id)) {
        ending.abort();
        this.#looking.delete(id);
      }
  }

  async #watchAll(tool: Tool, wanted: readonly ManagedResource[], { ending: { signal }, found }: Looking): Promise<void> {
    const places = Map.groupBy(wanted, ({ group, kind, namespace }) => `${group}/${kind}/${namespace}`);
    const judged = new Judged(this.#judge, tool, found, this.#changed, signal);
    const watches = [...places.values()].slice(0, mostWatches).map(async (resources) => {
      const [first] = resources;
      const kind = first && (await this.#cluster.resources.find(first.group, first.kind, first.version || undefined, signal));
      if (kind?.verbs.includes('watch') === true) await this.#watch(kind, resources, judged, signal);
    });
    await Promise.all(watches);
  }

  async #watch(kind: ApiResource, resources: readonly ManagedResource[], judged: Judged, signal: AbortSignal): Promise<void> {
    const ids = new Set(resources.map(idOf));
    const [first, ...others] = resources;
    const selector: Selector = {
      ...(first && first.namespace !== '' ? { namespace: first.namespace } : {}),
      ...(first && others.length === 0 ? { fieldSelector: `metadata.name=${first.name}` } : {}),
    };
    const isOurs = (object: LiveObject): boolean => ids.has(idOf(nameOf(object)));
    await watchKind(
      this.#cluster.connection,
      kind,
      {
        listed: (objects) => {
          const there = new Map(objects.filter(isOurs).map((object) => [idOf(nameOf(object)), object]));
          for (const id of ids) judged.changed(id, there.get(id));
        },
        changed: (object) => {
          if (isOurs(object)) judged.changed(idOf(nameOf(object)), object);
        },
        deleted: (object) => {
          if (isOurs(object)) judged.changed(idOf(nameOf(object)), undefined);
        },
        // What may not be read has no health; what can't be read now keeps what it had.
        failing: () => undefined,
      },
      signal,
      selector,
      // Of the others in the namespace nothing is kept but the name.
      (object) => (isOurs(object) ? withoutBallast(object) : { ...object, spec: undefined, status: undefined }),
    );
  }
}

/** Has objects judged, many at a time. */
class Judged {
  readonly #judge: Judge;
  readonly #tool: Tool;
  readonly #found: Map<string, FoundHealth>;
  readonly #tell: () => void;
  readonly #signal: AbortSignal;
  readonly #waiting = new Map<string, LiveObject | undefined>();
  #isWorking = false;

  constructor(judge: Judge, tool: Tool, found: Map<string, FoundHealth>, tell: () => void, signal: AbortSignal) {
    this.#judge = judge;
    this.#tool = tool;
    this.#found = found;
    this.#tell = tell;
    this.#signal = signal;
  }

  /** @param object undefined when it is gone. */
  changed(id: string, object: LiveObject | undefined): void {
    this.#waiting.set(id, object);
    if (!this.#isWorking) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    while (this.#waiting.size > 0 && !ended(this.#signal)) {
      await pause(gathered);
      const waiting = [...this.#waiting];
      this.#waiting.clear();
      const there = waiting.flatMap(([id, object]) => (object ? [{ id, object }] : []));
      for (const [id, object] of waiting) if (!object) this.#found.set(id, { health: 'missing', message: '' });
      const states = await this.#judge(
        this.#tool,
        there.map(({ object }) => object),
        this.#signal,
      ).catch(() => undefined); // it was ended, or nobody judges: there is no health then
      for (const [index, { id }] of there.entries()) {
        const state = states?.[index];
        if (state) this.#found.set(id, { health: healthIn(this.#tool, state.status), message: state.message });
      }
      if (!ended(this.#signal)) this.#tell();
    }
    this.#isWorking = false;
  }
}

const nothing: ReadonlyMap<string, FoundHealth> = new Map();

function isLookedAt(resource: ManagedResource): boolean {
  const { group, kind } = resource;
  return isUntold(resource) && !quiet.has(`${group}/${kind}`) && !quietGroups.has(group) && watchedKind(group, kind) === undefined;
}

function healthIn(tool: Tool, status: string): Health | undefined {
  return tool === 'argocd' ? healthOf(status) : kstatus[status];
}

/** https://github.com/kubernetes-sigs/cli-utils/tree/master/pkg/kstatus */
const kstatus: Readonly<Record<string, Health>> = {
  Current: 'healthy',
  InProgress: 'progressing',
  Failed: 'degraded',
  Terminating: 'progressing',
  NotFound: 'missing',
  Unknown: 'unknown',
};
