// What Helm has noted of a HelmRelease's last release, in the cluster.
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Cluster } from '../cluster.ts';
import { ClusterError } from '../cluster-error.ts';
import type { LiveObject } from '../live-object.ts';
import { readObject } from '../objects.ts';
import type { FluxObject } from './flux-object.ts';

/** A release as Helm keeps it (Helm v4.2.4, pkg/release/v1), as far as it is read. */
export interface ReleaseRecord {
  readonly name: string;
  readonly namespace: string;
  readonly version: number;
  /** What was applied, without hooks. */
  readonly manifest: string;
  /** The values that the chart was rendered with, beyond its own. */
  readonly config?: unknown;
}

const unzip = promisify(gunzip);

/**
 * Reads the release that was deployed last, as `helm get manifest` does.
 *
 * @returns Why there is none, in a sentence, when there is none.
 * @throws ClusterError when the cluster can't be asked.
 */
export async function releaseRecord(cluster: Cluster, release: FluxObject, signal: AbortSignal): Promise<ReleaseRecord | string> {
  const { name, namespace = '' } = release.metadata;
  const { history = [], storageNamespace = namespace } = release.status ?? {};
  const deployed = history.find(({ status }) => status === 'deployed');
  if (!deployed) return `HelmRelease ${name} has no release that was deployed: reconcile it first.`;
  // Helm v4.2.4, pkg/storage: its default driver.
  const secret = `sh.helm.release.v1.${deployed.name ?? name}.v${deployed.version ?? 1}`;
  try {
    const { data } = await readObject<LiveObject & { readonly data?: Readonly<Record<string, string>> }>(
      cluster,
      { group: '', kind: 'Secret', namespace: storageNamespace, name: secret },
      signal,
    );
    // Base64 of Helm's own inside that of Secrets (pkg/storage/driver/util.go).
    const packed = Buffer.from(Buffer.from(data?.['release'] ?? '', 'base64').toString(), 'base64');
    const isZipped = packed.subarray(0, 3).equals(Buffer.from([0x1f, 0x8b, 0x08]));
    return JSON.parse((isZipped ? await unzip(packed) : packed).toString()) as ReleaseRecord;
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    if (error.kind === 'forbidden')
      return `What HelmRelease ${name} released last is in the Secret ${secret} in ${storageNamespace}, which you may not read: ${error.message}`;
    if (error.kind === 'notFound')
      return `What HelmRelease ${name} released last is not known: the Secret ${secret} in ${storageNamespace}, in which Helm notes it, is not there.`;
    throw error;
  }
}
