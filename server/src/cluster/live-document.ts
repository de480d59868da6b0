import type { Cluster } from './cluster.ts';
import { ClusterError } from './cluster-error.ts';
import type { JsonObject } from './diff/json.ts';
import { liveYaml } from './diff/yaml.ts';
import { maskSides } from './diff/mask.ts';
import { withoutBallast } from './live-object.ts';
import { readObject } from './objects.ts';
import type { ObjectName } from './tree/row.ts';

/**
 * An object as it is in a cluster now, as YAML for people: without what only the API server reads, the values of Secrets masked. When it
 * can't be had, a comment that says why.
 */
export async function liveDocument(cluster: Cluster, name: ObjectName, signal: AbortSignal): Promise<string> {
  try {
    const object = withoutBallast(await readObject(cluster, name, signal)) as unknown as JsonObject;
    // Beside itself, nothing of a Secret differs.
    return liveYaml(maskSides({ live: object, rendered: object }, []).live ?? {});
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    return `# ${error.message.replaceAll('\n', '\n# ')}\n`;
  }
}
