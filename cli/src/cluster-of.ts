// The cluster that a command is about.
import { type Cluster } from '../../server/src/cluster/cluster.ts';
import { Clusters } from '../../server/src/cluster/clusters.ts';
import { defaultSettings } from '../../protocol/src/options.ts';
import { OutputError } from './output.ts';

/** Options of every command that asks a cluster, named as kubectl names them. */
export const clusterOptions = {
  context: { type: 'string' },
  kubeconfig: { type: 'string' },
} as const;

/**
 * The cluster of a context, or of the current one.
 *
 * @throws OutputError when there is none, in a sentence.
 */
export async function clusterOf({ context, kubeconfig }: { readonly context?: string; readonly kubeconfig?: string }): Promise<Cluster> {
  const clusters = new Clusters(
    {
      kubeconfig: () => (kubeconfig === undefined ? [] : [kubeconfig]),
      hidden: () => [],
      timeout: () => defaultSettings.cluster.timeout,
    },
    {
      changed: () => undefined,
      failed(_, error) {
        throw error;
      },
    },
  );
  const { contexts, current, problems } = await clusters.contexts();
  for (const problem of problems) process.stderr.write(`drydock: ${problem}\n`);
  const wanted = context ?? current;
  const found = contexts.find(({ name }) => name === wanted);
  if (!found) {
    const names = contexts.map(({ name }) => name).join(', ');
    const known = names === '' ? 'no kubeconfig file has one' : `there are ${names}`;
    throw new OutputError(
      wanted === '' ? `no context is chosen: name one with --context (${known})` : `there is no context "${wanted}": ${known}`,
    );
  }
  return clusters.of(found);
}
