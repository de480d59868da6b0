// Flux in a cluster: kustomize-controller and helm-controller, with a stand-in for source-controller.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Cluster } from './cluster.ts';
import { startDaemon } from './daemon.ts';
import { applyDefinitions, fluxDefinitions } from './definitions.ts';
import { freePort } from './free-port.ts';
import { fluxPrograms } from './programs.ts';
import { startSourceStandIn } from './source-stand-in.ts';

/** The namespace that Flux is in. */
export const fluxNamespace = 'flux-system';

/** Starts Flux in a cluster; it is ready for objects when this resolves, and ends when the result goes out of scope. */
export async function startFlux({ api, folder, kubeconfig }: Cluster): Promise<AsyncDisposable> {
  const programs = await fluxPrograms();
  await applyDefinitions(api, await fluxDefinitions());
  await api.apply(`apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${fluxNamespace}\n`);

  await using running = new AsyncDisposableStack();
  running.use(await startSourceStandIn(api, kubeconfig));
  const daemons = await Promise.all(
    (['kustomize-controller', 'helm-controller'] as const).map(async (name) => {
      const temporary = path.join(folder, name);
      await mkdir(temporary);
      const [health, metrics] = [await freePort(), await freePort()];
      const daemon = running.use(
        startDaemon({
          name,
          program: programs[name],
          args: [`--health-addr=127.0.0.1:${health}`, `--metrics-addr=127.0.0.1:${metrics}`, ...own[name], ...shared],
          env: { KUBECONFIG: kubeconfig, RUNTIME_NAMESPACE: fluxNamespace, TMPDIR: temporary },
          folder,
        }),
      );
      return { daemon, health };
    }),
  );
  for (const { daemon, health } of daemons) await daemon.ready(async () => (await fetch(`http://127.0.0.1:${health}/readyz`)).ok);

  const kept = running.move();
  return { [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

// There is no second of each to elect a leader from, and no notification-controller to tell of events. ExternalArtifacts are taken, as where
// source-watcher is installed.
const shared = ['--enable-leader-election=false', '--events-addr=', '--http-retry=2', '--feature-gates=ExternalArtifact=true'];

const own = {
  // In tests, things that wait for one another need not wait for half a minute.
  'kustomize-controller': ['--requeue-dependency=1s', '--min-retry-delay=500ms'],
  'helm-controller': ['--requeue-dependency=1s'],
} as const;
