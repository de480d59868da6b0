// The clusters of a test as the server sees them: through kubeconfig files, as a user's.
import assert from 'node:assert/strict';
import type { Cluster as Live } from '../../server/src/cluster/cluster.ts';
import { Clusters } from '../../server/src/cluster/clusters.ts';

/** The clusters of a kubeconfig file, by the names of their contexts, until it goes out of scope. */
export interface LiveClusters extends Disposable {
  of(context: string): Promise<Live>;
  /** What failed that nobody waited for. */
  readonly failures: readonly unknown[];
}

/** @param kubeconfigs Absolute paths. */
export function liveClusters(...kubeconfigs: readonly string[]): LiveClusters {
  const failures: unknown[] = [];
  const clusters = new Clusters(
    { kubeconfig: () => kubeconfigs, hidden: () => [], timeout: () => 30_000 },
    { changed: () => undefined, failed: (_, error) => failures.push(error) },
  );
  return {
    failures,
    async of(name) {
      const found = (await clusters.contexts()).contexts.find((each) => each.name === name);
      assert.ok(found, `no context ${name}`);
      return clusters.of(found);
    },
    [Symbol.dispose]: () => clusters.dispose(),
  };
}
