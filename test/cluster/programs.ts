// The programs of a real cluster, built from the Go modules in tools/ through the Go module proxy. Each module has pins of its
// own, because those of Kubernetes, Flux and Argo CD contradict one another.
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { product, root } from '../../scripts/cache.ts';
import { requiredVersion } from '../../scripts/edited-module.ts';
import { run } from '../../scripts/process.ts';
import { step } from '../../scripts/progress.ts';

/** A module in tools/ and what is built from it. */
interface Tools<Program extends string> {
  readonly module: string;
  /** The package of each program. */
  readonly packages: Readonly<Record<Program, string>>;
  /** Variables of the programs that hold their version, given that of the module that they come from. */
  readonly stamps: (version: string) => Readonly<Record<string, string>>;
  /** The module whose version is stamped; empty for none. */
  readonly versioned: string;
}

const kubernetes: Tools<'etcd' | 'kube-apiserver' | 'kube-controller-manager'> = {
  module: 'kubernetes',
  packages: {
    etcd: 'go.etcd.io/etcd/server/v3',
    'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
    'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
  },
  versioned: 'k8s.io/kubernetes',
  stamps: (version) => {
    const [major = '', minor = ''] = version.slice(1).split('.');
    const at = 'k8s.io/component-base/version';
    return { [`${at}.gitVersion`]: version, [`${at}.gitMajor`]: major, [`${at}.gitMinor`]: minor };
  },
};

const flux: Tools<'kustomize-controller' | 'helm-controller'> = {
  module: 'flux',
  packages: {
    'kustomize-controller': 'github.com/fluxcd/kustomize-controller',
    'helm-controller': 'github.com/fluxcd/helm-controller',
  },
  versioned: '',
  stamps: () => ({}),
};

const argocd: Tools<'argocd' | 'redis'> = {
  module: 'argocd',
  packages: { argocd: 'github.com/argoproj/argo-cd/v3/cmd', redis: './redis' },
  versioned: 'github.com/argoproj/argo-cd/v3',
  stamps: (version) => ({ 'github.com/argoproj/argo-cd/v3/common.version': version.slice(1) }),
};

/** Why there can be no cluster on this machine; not a fault of the project. */
export class ClusterUnavailable extends Error {}

/** Absolute paths of etcd, kube-apiserver and kube-controller-manager, built when they are not there. Throws {@link ClusterUnavailable}. */
export const kubernetesPrograms = (): Promise<Programs<typeof kubernetes>> => build(kubernetes);

/** As {@link kubernetesPrograms}: Flux's controllers. source-controller does not build from the proxy; `source-stand-in.ts` stands in for it. */
export const fluxPrograms = (): Promise<Programs<typeof flux>> => build(flux);

/** As {@link kubernetesPrograms}: Argo CD, which is one program that acts by the name that it is started with, and a Redis for it. */
export const argocdPrograms = (): Promise<Programs<typeof argocd>> => build(argocd);

type Programs<T> = T extends Tools<infer Program> ? Readonly<Record<Program, string>> : never;

async function build<Program extends string>(tools: Tools<Program>): Promise<Readonly<Record<Program, string>>> {
  if (process.platform === 'win32') throw new ClusterUnavailable('Kubernetes has no API server for Windows.');
  const source = `test/cluster/tools/${tools.module}`;
  const cwd = path.join(root, source);
  const version = tools.versioned === '' ? '' : await requiredVersion(path.join(cwd, 'go.mod'), tools.versioned);
  const set = Object.entries(tools.stamps(version)).map(([name, value]) => `-X ${name}=${value}`);
  // As the oracles of test/fidelity are built: what they have compiled is not compiled again.
  const flags = ['-mod=readonly', '-trimpath', '-buildvcs=false', `-ldflags=${['-s', '-w', ...set].join(' ')}`];
  const env = { CGO_ENABLED: '0' };
  const packages = Object.entries<string>(tools.packages);
  const all = packages.map(([, name]) => name);
  const facts = [await goVersion(), ...flags, ...packages.flat(), JSON.stringify(env)];
  const folder = await product(`cluster-${tools.module}`, { paths: [source], facts }, async (made) => {
    await step(`Go modules of ${packages.map(([program]) => program).join(', ')}`, () => download(all, cwd));
    await step(`${packages.map(([program]) => program).join(', ')} from their Go modules, which takes minutes`, async () => {
      await run('go', ['build', ...flags, '-o', `${made}${path.sep}`, ...all], { cwd, env });
      // Go names a program by the folder of its package.
      for (const [program, name] of packages) await rename(path.join(made, binaryName(name)), path.join(made, program));
    });
  });
  return Object.fromEntries(packages.map(([program]) => [program, path.join(folder, program)])) as Record<Program, string>;
}

function binaryName(name: string): string {
  return path.posix.basename(name.replace(/\/v\d+$/, ''));
}

async function goVersion(): Promise<string> {
  try {
    return (await run('go', ['env', 'GOVERSION'])).trim();
  } catch (error) {
    throw new ClusterUnavailable('Go builds the programs of a cluster, and `go` does not run.', { cause: error });
  }
}

/** Gets what is compiled, and nothing else that the modules mention. */
async function download(packages: readonly string[], cwd: string): Promise<void> {
  try {
    await run('go', ['list', '-mod=readonly', '-deps', ...packages], { cwd });
  } catch (error) {
    throw new ClusterUnavailable(`Go modules could not be downloaded: ${error instanceof Error ? error.message : String(error)}`);
  }
}
