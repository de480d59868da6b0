// The clusters that the client shows: watched while they are seen, and told as rows.
import type { Connection } from 'vscode-languageserver';
import {
  type ClusterRow,
  type ClusterRows,
  type SignIn,
  argocdSignIn,
  argocdToken,
  clusterRows,
  clustersChanged,
  clustersSeen,
  refreshClusters,
} from '../../../protocol/src/clusters.ts';
import type { Settings } from '../../../protocol/src/options.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { signIn } from '../cluster/argocd-server/sign-in.ts';
import { type KnownCluster, KnownClusters } from '../cluster/known-clusters.ts';
import { filterOf } from '../cluster/tree/filter.ts';
import { type Tracked, idOf } from '../cluster/tree/inventory.ts';
import { contextRow, rowsBelow } from '../cluster/tree/rows.ts';
import type { Lens } from '../features/code-lens.ts';
import type { SourceFile } from '../workspace/source-file.ts';
import type { ObjectName } from '../model/pipeline.ts';
import type { RegisteredClusters } from '../model/registered-clusters.ts';
import type { View } from '../model/view.ts';
import { RowRefusals } from '../session/gate/row-refusals.ts';
import { liveLenses } from '../session/live-state.ts';
import { answerClusterRows, keyIn } from './cluster-rows.ts';
import { messageRow, toldRow } from './told-row.ts';
import { answerer } from './answerer.ts';
import { type Background, logFailure } from './background.ts';
import { type ClusterActing, answerClusterActions } from './cluster-actions.ts';
import { answerClusterReports } from './cluster-reports.ts';
import { LiveDiffs } from './live-diffs.ts';
import { OpenObjects } from './open-objects.ts';
import { RegisteredAnswers } from './registered-answers.ts';
import type { Session } from '../session/session.ts';

// Milliseconds for which changes are gathered before the client is told.
const gathered = 250;
const minute = 60_000;

/** What the tree of clusters is made with. */
export interface ClusterTreeOptions {
  readonly connection: Connection;
  readonly background: Background;
  readonly settings: () => Settings;
  readonly session: Session;
  readonly view: () => View;
  /** Settles when the settings are known. */
  readonly opened: Promise<void>;
  /** False in an untrusted workspace: a kubeconfig may name programs. */
  readonly trusted: boolean;
  /** Called when what {@link ClusterTree.lenses} tells changed. */
  readonly changed: () => void;
  /** Called when {@link ClusterTree.registered} would answer otherwise than before. */
  readonly registeredChanged: () => void;
}

/** The tree of clusters of one client. */
export class ClusterTree {
  /** What was compared with the files here. */
  readonly liveDiffs: LiveDiffs | undefined;
  readonly #options: ClusterTreeOptions;
  readonly #clusters: KnownClusters;
  readonly #changed = new Set<string>();
  readonly #registered: RegisteredAnswers;
  readonly #refusals: RowRefusals;
  readonly #openObjects: OpenObjects;
  readonly #ended = new AbortController();
  #telling: NodeJS.Timeout | undefined;
  #aging: NodeJS.Timeout | undefined;

  constructor(options: ClusterTreeOptions) {
    this.#options = options;
    this.#refusals = new RowRefusals(options.session, options.settings);
    this.#openObjects = new OpenObjects({
      ...options,
      inventory: (cluster) => this.#clusters.inventory(cluster),
      found: (cluster) => this.#announce(cluster),
    });
    const settings = () => options.settings().cluster;
    this.#clusters = new KnownClusters({
      kubeconfig: () => settings().kubeconfig,
      argocdServer: () => options.settings().argocd.server,
      hidden: () => settings().hiddenContexts,
      timeout: () => settings().timeout,
      healthOf: (cluster) => this.#openObjects.healthOf(cluster),
      changed: (cluster) => {
        this.liveDiffs?.changed(cluster);
        this.#announce(cluster);
      },
      failed: (what, error) => logFailure(options.connection, what, error),
    });
    this.#registered = new RegisteredAnswers({
      known: () => (options.trusted ? this.#clusters.known : []),
      changed: options.registeredChanged,
      failed: (error) => logFailure(options.connection, 'watching the Secrets of clusters', error),
    });
    if (!options.trusted) return;
    const answer = answerer(options.connection, options.opened);
    answer(clusterRows, ({ parent, filter, limit }) => this.#rows(parent, filter, limit));
    const answering = {
      ...options,
      known: () => this.#clusters.known,
      cluster: (context: string) => this.#clusters.find(context),
    } satisfies ClusterActing;
    answerClusterRows(options.connection, {
      ...answering,
      contexts: () => this.#contextRows(),
      refusals: this.#refusals,
      refusalsChanged: (cluster) => this.#announce(cluster),
    });
    answerClusterActions(options.connection, answering);
    answerClusterReports(options.connection, answering);
    answer(argocdToken, ({ server, token }) => {
      this.#signedIn(server, token);
      return null;
    });
    answer(argocdSignIn, async ({ server, token }, signal): Promise<SignIn> => {
      const outcome = await signIn({ server, token }, () => settings().timeout, signal);
      if (outcome.kind === 'signedIn') this.#signedIn(server, token);
      return outcome;
    });
    answer(refreshClusters, async ({ context }) => {
      this.#clusters.forgetFiles();
      for (const cluster of this.#clusters.lookedAt) if (context === undefined || cluster.context.name === context) this.#restart(cluster);
      await this.#contextRows();
      return null;
    });
    this.liveDiffs = new LiveDiffs(options.connection, { ...answering, all: () => this.#clusters.usable() });
    options.connection.onNotification(clustersSeen.method, ({ contexts, objects }: Seen) => {
      this.#openObjects.open = objects.map(keyIn);
      for (const cluster of this.#clusters.lookedAt) if (!contexts.includes(cluster.context.name)) cluster.stop();
      for (const cluster of this.#clusters.lookedAt) this.#openObjects.look(cluster);
    });
  }

  /** The user's settings changed, by which more or less can be done with what is shown. */
  settingsChanged(): void {
    for (const cluster of this.#clusters.lookedAt) this.#announce(cluster);
  }

  /** How what a file declares stands in the clusters that were looked at. */
  lenses(file: SourceFile): Lens[] {
    const canSync = (known: KnownCluster, tracked: Tracked): boolean =>
      !this.#refusals.of(known, tracked).some(({ action }) => action === 'sync' || action === 'reconcile');
    return liveLenses(this.#options.view(), file, this.#clusters.known, canSync, Date.now());
  }

  #signedIn(server: string, token: string): void {
    for (const cluster of this.#clusters.signedIn(server, token)) this.#restart(cluster);
  }

  #restart(cluster: Cluster): void {
    this.#refusals.forget(cluster);
    cluster.restart();
  }

  /** What the connected clusters tell of those that an ApplicationSet's Argo CD deploys to. Contacts none that is not watched. */
  registered(set: ObjectName): RegisteredClusters {
    return this.#registered.of(set);
  }

  /** Ends all watches. */
  dispose(): void {
    clearTimeout(this.#telling);
    clearInterval(this.#aging);
    this.liveDiffs?.dispose();
    this.#ended.abort();
    this.#openObjects.dispose();
    this.#clusters.dispose();
  }

  async #rows(parent: string | undefined, filter: string, limit: number): Promise<ClusterRows> {
    if (parent === undefined) {
      this.#clusters.forgetFiles();
      return page(await this.#contextRows(), limit);
    }
    const key = keyIn(parent);
    const found = await this.#clusters.find(key.context);
    if (!found) return page([], limit);
    if (key.row === 'context' && found.cluster.context.problem === undefined) found.cluster.start();
    const { rows, more } = page(rowsBelow({ ...found, filter: filterOf(filter) }, key), limit);
    const shown = rows.flatMap((row) => (row.key.row === 'object' ? (found.inventory.objects.get(idOf(row.key)) ?? []) : []));
    const looking = this.#announceIf(found.cluster, (signal) => this.#refusals.look(found, shown, 'ofScope', signal));
    this.#options.background('asking what the user may do', looking);
    return { rows: rows.map((row) => toldRow(row, found, this.#refusals)), more };
  }

  async #announceIf(cluster: Cluster, look: (signal: AbortSignal) => Promise<boolean>): Promise<void> {
    const { signal } = this.#ended;
    try {
      if (await look(signal)) this.#announce(cluster);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async #contextRows(): Promise<ClusterRow[]> {
    const { contexts, current, problems } = await this.#clusters.contexts();
    const rows = contexts.map((context) => {
      const cluster = this.#clusters.of(context);
      const known = { cluster, inventory: this.#clusters.inventory(cluster) };
      const row = contextRow({ ...known, filter: undefined }, context.name === current);
      return { ...toldRow(row, known, this.#refusals), expanded: context.name === current };
    });
    return [...problems.map(messageRow), ...rows];
  }

  #announce(cluster: Cluster): void {
    this.#changed.add(cluster.context.name);
    const { background, changed } = this.#options;
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      background('telling that clusters changed', this.#tellChanges());
      changed();
      this.#registered.update();
    }, gathered);
    this.#aging ??= setInterval(() => this.#age(), minute).unref();
  }

  // What is said of a cluster says how long ago it was; and sync windows have opened or closed.
  #age(): void {
    this.#options.changed();
    for (const known of this.#clusters.known)
      if (known.cluster.watching)
        this.#options.background(
          'looking at sync windows again',
          this.#announceIf(known.cluster, (signal) => this.#refusals.lookAgain(known, signal)),
        );
  }

  async #tellChanges(): Promise<void> {
    const names = [...this.#changed];
    this.#changed.clear();
    for (const cluster of this.#clusters.lookedAt) if (names.includes(cluster.context.name)) this.#openObjects.look(cluster);
    const contexts = (await this.#contextRows()).filter(({ row, context }) => row === 'context' && names.includes(context));
    await this.#options.connection.sendNotification(clustersChanged.method, { contexts });
  }
}

interface Seen {
  readonly contexts: readonly string[];
  readonly objects: readonly string[];
}

function page<Each>(rows: readonly Each[], limit: number): { readonly rows: readonly Each[]; readonly more: number } {
  return { rows: rows.slice(0, limit), more: Math.max(0, rows.length - limit) };
}
