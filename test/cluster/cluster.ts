// A real cluster on this machine: a control plane, and a Git server beside it. `startFlux` and `startArgocd` add the controllers.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '../../scripts/temporary-folder.ts';
import { type GitServer, serveGit } from '../servers/git-server.ts';
import { writeKubeconfig } from './access.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';

/** A cluster that runs, until it goes out of scope. */
export interface Cluster extends ControlPlane {
  /** Absolute path of the folder of all that it keeps, and of every program's log. */
  readonly folder: string;
  /** Absolute path of a kubeconfig of its administrator, whose context is called as the cluster. */
  readonly kubeconfig: string;
  /** As {@link Cluster.kubeconfig}, of a user who may do nothing but what is granted to the user `reader`. */
  readonly readerKubeconfig: string;
  /** Where the controllers find repositories. */
  readonly git: GitServer;
}

/**
 * Starts a cluster. Several may run beside one another.
 *
 * @param name What it and its context are called.
 * @throws ClusterUnavailable when this machine can have none.
 */
export async function startCluster(name: string): Promise<Cluster> {
  await using running = new AsyncDisposableStack();
  const folder = running.use(temporaryFolder(`cluster-${name}`)).path;
  const git = running.use(await serveGit());
  const plane = running.use(await startControlPlane(name, folder));

  await mkdir(path.join(folder, 'kubeconfigs'));
  const [kubeconfig, readerKubeconfig] = ['admin', 'reader'].map((user) => path.join(folder, 'kubeconfigs', user)) as [string, string];
  await writeKubeconfig(kubeconfig, plane.server, plane.admin, 'default');
  await writeKubeconfig(readerKubeconfig, plane.server, plane.reader, 'default');

  const kept = running.move();
  return { ...plane, folder, kubeconfig, readerKubeconfig, git, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
