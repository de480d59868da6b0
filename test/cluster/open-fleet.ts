// A user's machine beside a cluster: a clone of a repository of its Git server, open in a session, and the clusters of a kubeconfig.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '../../scripts/temporary-folder.ts';
import type { Cluster as Live } from '../../server/src/cluster/cluster.ts';
import { Clusters } from '../../server/src/cluster/clusters.ts';
import { type Difference, differenceOf } from '../../server/src/cluster/diff/difference.ts';
import { targetOf } from '../../server/src/cluster/target.ts';
import { idOf, inventoryOf } from '../../server/src/cluster/tree/inventory.ts';
import { type Compared as Against, withRendered } from '../../server/src/session/live-compared.ts';
import { type LiveDrift, liveDrift } from '../../server/src/session/live-diff.ts';
import type { Session } from '../../server/src/session/session.ts';
import { sessionOn } from '../fixture/session.ts';
import type { Cluster } from './cluster.ts';

const run = promisify(execFile);

/** A clone that is open. */
export interface OpenFleet extends AsyncDisposable {
  readonly root: string;
  readonly session: Session;
  readonly live: Live;
  /** Types into a file as if it were open in an editor; undefined closes it again. */
  edit(file: string, text: string | undefined): void;
  /** Takes the repository's newest commit, as `git pull`. */
  pull(): Promise<void>;
  /** Compares what an object deploys; its id is `group/kind/namespace/name`. */
  compare(id: string, against?: Against): Promise<Compared>;
}

/** A comparison, for assertions. */
export interface Compared {
  readonly drift: LiveDrift | undefined;
  readonly differences: readonly Difference[];
  readonly notes: readonly string[];
  /** `change ConfigMap ns/name`, sorted. */
  readonly lines: readonly string[];
}

/** Clones a repository of the cluster's Git server and opens it. */
export async function openFleet(cluster: Cluster, repository: string, kubeconfig = cluster.kubeconfig): Promise<OpenFleet> {
  await using opening = new AsyncDisposableStack();
  const folder = opening.use(temporaryFolder('fleet')).path;
  const clone = path.join(folder, 'fleet');
  await run('git', ['clone', '--quiet', `${cluster.git.url}/${repository}`, clone]);
  const { session, root } = opening.use(await sessionOn(clone));
  const clusters = opening.adopt(
    new Clusters(
      { kubeconfig: () => [kubeconfig], hidden: () => [], timeout: () => 30_000 },
      {
        changed: () => undefined,
        failed(_, error) {
          throw error;
        },
      },
    ),
    (each) => each.dispose(),
  );
  const { contexts } = await clusters.contexts();
  const all = contexts.map((context) => clusters.of(context));
  const [live] = all;
  if (!live) throw new Error('The kubeconfig has no context.');
  const kept = opening.move();
  return {
    root,
    session,
    live,
    edit(file, text) {
      if (text === undefined) session.closeBuffer(`${root}/${file}`);
      else session.setBuffer(`${root}/${file}`, text);
    },
    async pull() {
      await run('git', ['pull', '--quiet'], { cwd: clone });
      await session.openFolders([root]);
      if (session.rendering.kind === 'on') session.rendering.renders.restart();
    },
    async compare(id, against = withRendered) {
      const { signal } = new AbortController();
      await live.list(signal);
      const inventory = inventoryOf(live);
      const tracked = inventory.objects.get(id);
      if (!tracked) throw new Error(`${id} is not among ${[...inventory.objects.values()].map(({ name }) => idOf(name)).join(', ')}`);
      const target = await targetOf(tracked, live, all, signal);
      if (target.kind === 'none') throw new Error(target.reason);
      const drift = await liveDrift(
        session,
        { cluster: live, inventory, tracked, target: target.cluster },
        against,
        () => undefined,
        signal,
      );
      if (drift?.kind !== 'compared') throw new Error(`not compared: ${drift?.reason ?? 'ended'}`);
      const differences = drift.drifts.flatMap((each) => differenceOf(each, drift.secrets) ?? []);
      return { drift, differences, notes: drift.notes, lines: differences.map(({ change, label }) => `${change} ${label}`).sort() };
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
