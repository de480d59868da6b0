// What a sync would change, for the client to show: differences as pairs of documents, kept until their diff is closed.
import type { Connection } from 'vscode-languageserver';
import { type LiveDiff, type LiveDifference, clusterActionProgress, liveDiff, liveScheme } from '../../../protocol/src/clusters.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { ClusterError } from '../cluster/cluster-error.ts';
import { differenceOf } from '../cluster/diff/difference.ts';
import { readObject } from '../cluster/objects.ts';
import { targetOf } from '../cluster/target.ts';
import { type Inventory, type Tracked, idOf, inventoryOf, trackedOf } from '../cluster/tree/inventory.ts';
import type { ObjectName, RowKey } from '../cluster/tree/row.ts';
import { allOf, deliverersOf } from '../session/delivering.ts';
import { liveDrift } from '../session/live-diff.ts';
import type { Session } from '../session/session.ts';
import { pathOf } from '../workspace/paths.ts';
import { answerer } from './answerer.ts';
import type { Background } from './background.ts';

/** What differences are answered from. */
export interface LiveDiffing {
  readonly session: Session;
  readonly background: Background;
  /** Settles when the workspace was looked through. */
  readonly opened: Promise<void>;
  /** The clusters of all contexts; those that are off have not been asked anything. */
  clusters(): Promise<{ readonly all: readonly Cluster[]; readonly current: Cluster | undefined }>;
  /** What is known of a cluster that is watched. */
  inventory(cluster: Cluster): Inventory;
}

/** An object that is to be compared, and the one resource of it that is meant, or all. */
interface Asked {
  readonly cluster: Cluster;
  readonly inventory: Inventory;
  readonly tracked: Tracked;
  readonly only: ObjectName | undefined;
}

interface Answered {
  readonly asked: Asked;
  readonly texts: ReadonlyMap<string, string>;
  told: boolean;
}

// Differences that nobody has opened are kept for this many answers: an editor of many diffs asks for the text of what is scrolled to.
const keptAnswers = 20;

/** The differences of one client. */
export class LiveDiffs {
  readonly #connection: Connection;
  readonly #options: LiveDiffing;
  readonly #open = new Set<string>();
  #answered: readonly Answered[] = [];
  #count = 0;

  constructor(connection: Connection, options: LiveDiffing) {
    this.#connection = connection;
    this.#options = options;
    answerer(connection, options.opened)(liveDiff, async ({ id, uri, token }, signal) => {
      const progress = (message: string): void =>
        options.background('telling of a comparison', connection.sendNotification(clusterActionProgress.method, { token, message }));
      if (id !== undefined) {
        const asked = await this.#ofRow(JSON.parse(id) as RowKey, signal);
        return 'failure' in asked ? [asked] : [await this.#compare(asked, progress, signal)];
      }
      const all = await this.#ofFile(pathOf(uri ?? ''), progress, signal);
      const answers: LiveDiff[] = [];
      for (const each of all) answers.push('failure' in each ? each : await this.#compare(each, progress, signal));
      return answers;
    });
  }

  /** The text of a side; undefined when it is none that was answered. */
  text(uri: string): string | undefined {
    return this.#answered.flatMap(({ texts }) => texts.get(uri) ?? []).at(-1);
  }

  /** A document with a side was opened or closed. */
  opened(uri: string): void {
    this.#open.add(uri);
  }

  closed(uri: string): void {
    this.#open.delete(uri);
    this.#forget();
  }

  /** Objects of a cluster changed: whoever looks at the difference of one that is gone is told. */
  changed(cluster: Cluster): void {
    for (const each of this.#answered) {
      const { asked } = each;
      if (each.told || asked.cluster !== cluster || ![...each.texts.keys()].some((uri) => this.#open.has(uri))) continue;
      const { objects, listed } = cluster.objects(asked.tracked.kind);
      const { namespace, name } = asked.tracked.name;
      if (!listed || objects.has(`${namespace}/${name}`)) continue;
      each.told = true;
      this.#connection.window.showInformationMessage(
        `${titleOf(asked)} was deleted. The difference that is open shows what was there before.`,
      );
    }
  }

  async #ofRow(key: RowKey, signal: AbortSignal): Promise<Asked | LiveDiff> {
    const name = key.row === 'resource' ? key.owner : key.row === 'object' ? key : undefined;
    const { all } = await this.#options.clusters();
    const cluster = all.find(({ context }) => context.name === key.context);
    if (!name || !cluster) return failed('', 'Nothing is deployed by this row.');
    const title = `${name.kind} ${name.name} on ${key.context}`;
    try {
      const tracked = trackedOf(await readObject(cluster, name, signal));
      if (!tracked) return failed(title, `${name.kind} deploys nothing.`);
      return { cluster, inventory: await this.#listed(cluster, signal), tracked, only: key.row === 'resource' ? key : undefined };
    } catch (error) {
      if (!(error instanceof ClusterError)) throw error;
      return failed(title, error.kind === 'notFound' ? `It is not there any more: ${error.message}` : error.message);
    }
  }

  async #ofFile(path: string, progress: (message: string) => void, signal: AbortSignal): Promise<(Asked | LiveDiff)[]> {
    const { all, current } = await this.#options.clusters();
    const watched = all.filter(({ state }) => state.kind !== 'off');
    const clusters = watched.length > 0 ? watched : current ? [current] : [];
    if (clusters.length === 0) return [failed('', 'No context is chosen in the kubeconfig, and no cluster is open in the view Clusters.')];
    const { view } = this.#options.session;
    const deliverers = deliverersOf(view, path);
    const found = await Promise.all(
      clusters.map(async (cluster): Promise<(Asked | LiveDiff)[]> => {
        progress(`Looking at ${cluster.context.name}`);
        try {
          const inventory = await this.#listed(cluster, signal);
          return allOf(deliverers(inventory)).map((tracked) => ({ cluster, inventory, tracked, only: undefined }));
        } catch (error) {
          if (error instanceof ClusterError) return [failed(cluster.context.name, error.message)];
          throw error;
        }
      }),
    );
    return found.flat();
  }

  // What is watched is known; of another cluster it is asked once.
  async #listed(cluster: Cluster, signal: AbortSignal): Promise<Inventory> {
    if (cluster.state.kind === 'connected') return this.#options.inventory(cluster);
    await cluster.list(signal);
    return inventoryOf(cluster);
  }

  async #compare(asked: Asked, progress: (message: string) => void, signal: AbortSignal): Promise<LiveDiff> {
    const title = titleOf(asked);
    const { session } = this.#options;
    progress(title);
    try {
      const target = await targetOf(asked.tracked, asked.cluster, (await this.#options.clusters()).all, signal);
      if (target.kind === 'none') return failed(title, target.reason);
      const told = (done: number, count: number): void => progress(`${title}: ${done} of ${count} resources`);
      const drift = await liveDrift(session, { ...asked, target: target.cluster }, told, signal);
      if (drift?.kind !== 'compared') return failed(title, drift?.reason ?? 'It was cancelled.');
      const { only } = asked;
      const drifts = only ? drift.drifts.filter(({ name }) => idOf(name) === idOf(only)) : drift.drifts;
      const texts = new Map<string, string>();
      const keep = (side: 'live' | 'rendered', name: ObjectName, text: string | undefined): string => {
        const { kind, namespace, name: itsName } = name;
        const path = [target.cluster.context.name, side, kind, ...(namespace === '' ? [] : [namespace]), `${itsName}.yaml`];
        const uri = `${liveScheme}:/${path.map(encodeURIComponent).join('/')}?${++this.#count}`;
        texts.set(uri, text ?? '');
        return uri;
      };
      const differences = drifts.flatMap((each): LiveDifference[] => {
        const difference = differenceOf(each, drift.secrets);
        if (!difference) return [];
        const { name, label, change, live, rendered, reason } = difference;
        return [{ label, change, reason, live: keep('live', name, live), rendered: keep('rendered', name, rendered) }];
      });
      this.#answered = [...this.#answered, { asked, texts, told: false }];
      this.#forget();
      const same = drifts.filter(({ change }) => change.kind === 'same').length;
      return { title, differences, same, notes: drift.notes, failure: '' };
    } catch (error) {
      if (error instanceof ClusterError) return failed(title, error.message);
      throw error;
    }
  }

  #forget(): void {
    const isOpen = ({ texts }: Answered): boolean => [...texts.keys()].some((uri) => this.#open.has(uri));
    const last = new Set(this.#answered.slice(-keptAnswers));
    this.#answered = this.#answered.filter((each) => last.has(each) || isOpen(each));
  }
}

function titleOf({ cluster, tracked: { name } }: Asked): string {
  return `${name.kind} ${name.name} on ${cluster.context.name}`;
}

function failed(title: string, failure: string): LiveDiff {
  return { title, differences: [], same: 0, notes: [], failure };
}
