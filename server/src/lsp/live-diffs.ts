// How clusters differ from what is rendered here or was synced last, for the client to show; what is open follows what is typed.
import type { Connection } from 'vscode-languageserver';
import { type LiveDiff, clusterActionProgress, liveDiff } from '../../../protocol/src/clusters.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { ClusterError } from '../cluster/cluster-error.ts';
import { differenceOf, sideTextsOf } from '../cluster/diff/difference.ts';
import { targetOf } from '../cluster/target.ts';
import { idOf } from '../cluster/tree/inventory.ts';
import type { ObjectName, RowKey } from '../cluster/tree/row.ts';
import { type LiveDrift, liveDrift, withLastSynced, withRendered } from '../session/live-diff.ts';
import { renderLive } from '../session/live-rendering.ts';
import type { LiveRendering } from '../session/render-in-cluster.ts';
import type { Session } from '../session/session.ts';
import { answerer } from './answerer.ts';
import type { Background } from './background.ts';
import { type FindCluster, type FoundObject, objectOf } from './cluster-object.ts';
import { type Comparison, LiveSides, mayBe } from './live-sides.ts';
import { quiet } from './quiet.ts';

/** What differences are answered from. */
export interface LiveDiffing {
  readonly session: Session;
  readonly background: Background;
  /** Settles when the workspace was looked through. */
  readonly opened: Promise<void>;
  /** The clusters of all contexts; those that are off have not been asked anything. */
  readonly all: () => Promise<readonly Cluster[]>;
  readonly cluster: FindCluster;
}

/** What was compared. */
interface Asked {
  readonly id: string;
  readonly title: string;
  readonly found: FoundObject;
  readonly against: 'rendered' | 'lastSynced';
  /** The rendering that the sides show. */
  yaml: string;
  /** Its object is gone, and that was told. */
  gone: boolean;
}

// A pause of typing after which what is open is compared anew: a cluster is asked for it; milliseconds.
const pause = 500;

/** The differences of one client. */
export class LiveDiffs {
  readonly #connection: Connection;
  readonly #options: LiveDiffing;
  readonly #sides = new LiveSides<Asked>();
  #following = new AbortController();

  constructor(connection: Connection, options: LiveDiffing) {
    this.#connection = connection;
    this.#options = options;
    answerer(connection, options.opened)(liveDiff, async ({ id, against, token }, signal) => {
      const progress = (message: string): void =>
        options.background('telling of a comparison', connection.sendNotification(clusterActionProgress.method, { token, message }));
      const key = JSON.parse(id) as RowKey;
      const owner = key.row === 'resource' ? key.owner : key.row === 'object' ? key : undefined;
      if (!owner) return failed('', 'Nothing is deployed by this row.');
      const title = `${owner.kind} ${owner.name} on ${key.context}`;
      try {
        progress(title);
        return await this.#compare(id, key.row === 'resource' ? key : undefined, title, against, progress, signal);
      } catch (error) {
        if (error instanceof ClusterError) return failed(title, error.message);
        throw error;
      }
    });
  }

  /** The text of a side; undefined when it is none that is kept. */
  text(uri: string): string | undefined {
    return this.#sides.text(uri);
  }

  /** A document with a side was opened. */
  opened(uri: string): void {
    this.#sides.opened(uri);
  }

  /** A document with a side was closed. */
  closed(uri: string): void {
    this.#sides.closed(uri);
  }

  /** Something changed in the files here: what is open of renderings is compared anew when the user pauses. */
  edited(): void {
    this.#following.abort();
    this.#following = new AbortController();
    const { signal } = this.#following;
    if (this.#followed.length > 0) this.#options.background('following what is typed in a diff', this.#follow(signal));
  }

  /** Objects of a cluster changed: whoever looks at the difference of one that is gone is told. */
  changed(cluster: Cluster): void {
    for (const { asked } of this.#sides.shown) {
      const { tracked } = asked.found;
      if (asked.found.cluster !== cluster) continue;
      const { objects, listed } = cluster.objects(tracked.kind);
      if (listed && !objects.has(`${tracked.name.namespace}/${tracked.name.name}`)) this.#tellGone(asked);
    }
  }

  /** Nothing is compared any more. */
  dispose(): void {
    this.#following.abort();
  }

  get #followed(): readonly Comparison<Asked>[] {
    return this.#sides.shown.filter(({ asked }) => asked.against === 'rendered' && !asked.gone);
  }

  async #compare(
    id: string,
    only: ObjectName | undefined,
    title: string,
    against: Asked['against'],
    progress: (message: string) => void,
    signal: AbortSignal,
  ): Promise<LiveDiff> {
    const { session, cluster } = this.#options;
    const found = await objectOf(id, cluster, signal);
    if (!found) return failed(title, 'It is not there any more.');
    const target = await targetOf(found.tracked, found.cluster, await this.#options.all(), signal);
    if (target.kind === 'none') return failed(title, target.reason);
    const told = (done: number, count: number): void => progress(`${title}: ${done} of ${count} resources`);
    let yaml = '';
    const how = against === 'rendered' ? withRendered : withLastSynced;
    const compared = {
      render: async (...given: Parameters<typeof how.render>): Promise<LiveRendering | undefined> => {
        const rendering = await how.render(...given);
        if (rendering?.kind === 'rendered') ({ yaml } = rendering);
        return rendering;
      },
      wants: (name: ObjectName) => !only || mayBe(name, only),
    };
    const drift = await liveDrift(session, { ...found, target: target.cluster }, compared, told, signal);
    if (drift?.kind !== 'compared') return failed(title, drift?.reason ?? 'It was cancelled.');
    const differences = drift.drifts.flatMap((each) => differenceOf(each, drift.secrets) ?? []);
    const asked = { id, title, found, against, yaml, gone: false };
    const sides = this.#sides.keep(asked, target.cluster.context.name, against === 'rendered' ? 'rendered' : 'last synced', differences);
    return {
      title,
      called: drift.called,
      differences: differences.flatMap(({ label, change, reason }, index) => {
        const { live = '', rendered = '' } = sides[index] ?? {};
        return [{ label, change, reason, live, rendered }];
      }),
      same: drift.drifts.filter(({ change }) => change.kind === 'same').length,
      notes: drift.notes,
      failure: '',
    };
  }

  async #follow(signal: AbortSignal): Promise<void> {
    await quiet(pause, signal);
    for (const comparison of this.#followed) {
      const changed = await this.#compareAgain(comparison, signal).catch((error: unknown) => {
        if (signal.aborted) return [];
        if (error instanceof ClusterError) return this.#remark(comparison, `The cluster can't be asked now: ${error.message}`);
        throw error;
      });
      for (const uri of changed) await this.#connection.workspace.textDocumentContent.refresh(uri);
    }
  }

  /** Compares the resources that are open. Gives the URIs of what changed. */
  async #compareAgain(comparison: Comparison<Asked>, signal: AbortSignal): Promise<string[]> {
    const { asked, sides } = comparison;
    const found = await objectOf(asked.id, this.#options.cluster, signal);
    if (!found) {
      this.#tellGone(asked);
      return [];
    }
    const target = await targetOf(found.tracked, found.cluster, await this.#options.all(), signal);
    if (target.kind === 'none') return this.#remark(comparison, target.reason);
    let yaml = asked.yaml;
    const compared = {
      render: async (...given: Parameters<typeof renderLive>): Promise<LiveRendering | undefined> => {
        const rendering = await renderLive(...given);
        if (rendering?.kind !== 'rendered') return rendering;
        ({ yaml } = rendering);
        // What is typed elsewhere asks the cluster for nothing.
        return yaml === asked.yaml ? undefined : rendering;
      },
      wants: (name: ObjectName) => sides.some((each) => mayBe(name, each.name)),
    };
    const drift = await liveDrift(this.#options.session, { ...found, target: target.cluster }, compared, () => undefined, signal);
    if (!drift || signal.aborted) return [];
    if (drift.kind === 'unknown') return this.#remark(comparison, drift.reason);
    asked.yaml = yaml;
    return sides.flatMap((each) => this.#sides.replace(each, textsOf(each.name, drift)));
  }

  /** Says above what was rendered last why it is not what is rendered now. */
  #remark({ asked, sides }: Comparison<Asked>, reason: string): string[] {
    asked.yaml = '';
    return sides.flatMap((each) => {
      const [live, rendered] = [this.#sides.text(each.live) ?? '', this.#sides.text(each.rendered) ?? ''];
      const [first = ''] = reason.split('\n', 1);
      return this.#sides.replace(each, {
        live,
        rendered: `# As it was compared last. ${first}\n${rendered.replace(/^# As it was .*\n/, '')}`,
      });
    });
  }

  #tellGone(asked: Asked): void {
    if (asked.gone) return;
    asked.gone = true;
    this.#connection.window.showInformationMessage(`${asked.title} was deleted. The difference that is open shows what was there before.`);
  }
}

function textsOf(
  name: ObjectName,
  { drifts, secrets }: Extract<LiveDrift, { readonly kind: 'compared' }>,
): { live: string; rendered: string } {
  const drift = drifts.find((each) => idOf(each.name) === idOf(name));
  const nothing = { live: '', rendered: '' };
  return (drift && sideTextsOf(drift, secrets)) ?? nothing;
}

function failed(title: string, failure: string): LiveDiff {
  return { title, called: '', differences: [], same: 0, notes: [], failure };
}
