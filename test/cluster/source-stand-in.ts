// Stands in for Flux's source-controller, which does not build from the Go module proxy. It is ours and does less: it asks only this
// machine, and without credentials. It knows GitRepositories, HelmRepositories, OCIRepositories of charts, and HelmCharts out of these,
// which source-controller's own code chooses and packs. Of everything else it says that it does not.
import { createHash } from 'node:crypto';
import { temporaryFolder } from '../../scripts/temporary-folder.ts';
import { type Answering, packer } from '../fidelity/flux-controllers.ts';
import { listen } from '../servers/listen.ts';
import type { Api, KubernetesObject, ObjectName } from './api.ts';
import { type Content, SourceError, type TimedCondition, failed, now, stored, timed } from './sources/artifact.ts';
import { gitRepositoryContent } from './sources/git-repository.ts';
import { comesFrom, helmChartContent } from './sources/helm-chart.ts';
import { type HelmRepositorySpec, helmRepositoryContent } from './sources/helm-repository.ts';
import { inTurn } from './sources/in-turn.ts';
import { milliseconds } from './sources/interval.ts';
import { ociRepositoryContent } from './sources/oci-repository.ts';
import { watchObjects } from './watch-objects.ts';

const apiVersion = 'source.toolkit.fluxcd.io/v1';
const plurals = {
  GitRepository: 'gitrepositories',
  HelmRepository: 'helmrepositories',
  OCIRepository: 'ocirepositories',
  Bucket: 'buckets',
  HelmChart: 'helmcharts',
} as const;
type SourceKind = keyof typeof plurals;

const requestedAt = 'reconcile.fluxcd.io/requestedAt';
/** Milliseconds after which something that failed is tried again. */
const retry = 5_000;

interface SourceStatus {
  readonly observedGeneration?: number;
  readonly lastHandledReconcileAt?: string;
  readonly artifact?: { readonly digest: string; readonly revision: string; readonly lastUpdateTime: string };
  readonly conditions?: readonly TimedCondition[];
}

/** Starts watching sources, and serving what they become, until the result goes out of scope. */
export async function startSourceStandIn(api: Api, kubeconfig: string): Promise<AsyncDisposable> {
  await using running = new AsyncDisposableStack();
  const mirrors = running.use(temporaryFolder('sources')).path;
  const artifacts = new Map<string, Buffer>();
  const server = running.use(
    await listen((request, response) => {
      const bytes = artifacts.get(decodeURIComponent(request.url ?? '').slice(1));
      response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
    }),
  );
  let packing: Promise<Answering> | undefined;
  running.defer(async () => (await packing)?.[Symbol.dispose]());

  const contentOf = async (object: KubernetesObject): Promise<Content> => {
    switch (object.kind as SourceKind) {
      case 'GitRepository':
        return gitRepositoryContent(object, mirrors);
      case 'HelmRepository':
        return helmRepositoryContent(object);
      case 'OCIRepository':
        return ociRepositoryContent(object, await (packing ??= packer()));
      case 'HelmChart':
        return helmChartContent(object, api, mirrors, await (packing ??= packer()));
      case 'Bucket':
        throw new SourceError('BucketOperationFailed', 'the stand-in for source-controller reads no buckets');
    }
  };

  /** Fetches a source and says so in its status. Gives the milliseconds until that is due again; undefined when it is not. */
  const reconcile = async (name: ObjectName): Promise<number | undefined> => {
    const object = await api.get(name);
    if (object === undefined) return undefined;
    const { suspend = false, interval } = object['spec'] as { readonly suspend?: boolean; readonly interval: string };
    const before = (object['status'] ?? {}) as SourceStatus;
    const asked = object.metadata.annotations?.[requestedAt];
    const handled = asked === undefined ? {} : { lastHandledReconcileAt: asked };
    if (suspend) {
      if (asked !== before.lastHandledReconcileAt) await api.patchStatus(name, { status: handled }); // the real one does, too
      return undefined;
    }
    const observedGeneration = object.metadata.generation ?? 0;
    const write = (conditions: Parameters<typeof timed>[0], rest: object): Promise<void> =>
      api.patchStatus(name, {
        status: { ...handled, ...rest, observedGeneration, conditions: timed(conditions, before.conditions ?? [], observedGeneration) },
      });
    try {
      const content = await contentOf(object);
      artifacts.set(content.path, content.bytes);
      const digest = `sha256:${createHash('sha256').update(content.bytes).digest('hex')}`;
      const same = before.artifact?.revision === content.revision && before.artifact.digest === digest;
      const { path, revision } = content;
      const lastUpdateTime = same ? before.artifact.lastUpdateTime : now();
      const artifact = { path, revision, digest, lastUpdateTime, size: content.bytes.length, url: `${server.url}/${path}` };
      await write(stored(content), { ...content.status, artifact });
      if (object.kind !== 'HelmChart' && !same) await packAgain(object);
      return milliseconds(interval);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      await write(failed(error, before.conditions ?? []), {});
      return retry;
    }
  };

  const queue = running.use(inTurn(reconcile));
  const packAgain = async (source: KubernetesObject): Promise<void> => {
    const charts = await api.list(apiVersion, 'HelmChart', source.metadata.namespace ?? '');
    for (const chart of charts) if (comesFrom(chart, source)) queue.add(nameOf('HelmChart', chart));
  };

  for (const kind of Object.keys(plurals) as SourceKind[]) {
    const changed = (object: KubernetesObject): void => {
      if (isDue(object)) queue.add(nameOf(kind, object));
    };
    running.use(watchObjects(api, kubeconfig, `/apis/${apiVersion}/${plurals[kind]}`, changed));
  }
  const kept = running.move();
  return { [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

function nameOf(kind: SourceKind, { metadata }: KubernetesObject): ObjectName {
  return { apiVersion, kind, name: metadata.name, namespace: metadata.namespace ?? '' };
}

/** Whether something was asked of a source that its status does not answer yet. */
function isDue({ metadata, ...object }: KubernetesObject): boolean {
  const { observedGeneration, lastHandledReconcileAt } = (object['status'] ?? {}) as SourceStatus;
  const { suspend = false, type } = object['spec'] as Partial<HelmRepositorySpec> & { readonly suspend?: boolean };
  if (type === 'oci') return false; // the real one has nothing to say of it either
  const asked = metadata.annotations?.[requestedAt];
  return (!suspend && observedGeneration !== metadata.generation) || (asked !== undefined && asked !== lastHandledReconcileAt);
}
