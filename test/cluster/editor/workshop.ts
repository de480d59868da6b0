// Something for each of the actions: Applications that sync, that fail, that wait, that sync by themselves and that must not; Flux's likewise.
import path from 'node:path';
import { run } from '../../../scripts/process.ts';
import { argocdNamespace } from '../argocd.ts';
import type { Cluster } from '../cluster.ts';
import { logNode } from '../log-stand-in.ts';

const repository = 'acme/workshop.git';

const kustomization = (...resources: readonly string[]): string =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [${resources.join(', ')}]\n`;
/** A ConfigMap of the namespace `shop`, in a wave of Argo CD's. */
export const configOf = (name: string, colour: string, wave = 0): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: shop, annotations: {argocd.argoproj.io/sync-wave: "${wave}"}}\ndata: {colour: ${colour}}\n`;
const deploymentOf = (name: string, label: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${label}}}
    spec: {containers: [{name: ${name}, image: example.com/${name}}]}
`;
/** A Deployment that a test writes the logs of; its selector, which can't be changed, has the track. */
export const talkerOf = (track: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: talker, namespace: shop}
spec:
  selector: {matchLabels: {app: talker, track: ${track}}}
  template:
    metadata: {labels: {app: talker, track: ${track}}}
    spec: {nodeName: ${logNode}, terminationGracePeriodSeconds: 0, containers: [{name: talker, image: example.com/talker}]}
`;
const application = (url: string, name: string, policy: string, project = 'default'): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: ${argocdNamespace}}
spec:
  project: ${project}
  source: {repoURL: "${url}", targetRevision: main, path: apps/${name}}
  destination: {server: https://kubernetes.default.svc, namespace: shop}
  syncPolicy: {${policy}}
`;
const fluxKustomization = (name: string, rest: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${name}, namespace: shop}
spec: {interval: 1h, retryInterval: 1h, path: ./flux/${name}, prune: true, sourceRef: {kind: GitRepository, name: workshop}${rest}}
`;

/** The repository's files, which call it by `url`. */
const files = (url: string): Readonly<Record<string, string>> => ({
  'apps/web/kustomization.yaml': kustomization('first.yaml', 'second.yaml'),
  'apps/web/first.yaml': configOf('first', 'blue', -1),
  'apps/web/second.yaml': configOf('second', 'blue', 1),
  // No node runs it, so that a sync waits for it before it goes on.
  'apps/slow/kustomization.yaml': kustomization('slow.yaml', 'after.yaml'),
  'apps/slow/slow.yaml': deploymentOf('slow', 'slow'),
  'apps/slow/after.yaml': configOf('after', 'blue', 1),
  // The API server refuses a Deployment that does not select its own pods.
  'apps/broken/kustomization.yaml': kustomization('broken.yaml'),
  'apps/broken/broken.yaml': deploymentOf('broken', 'other'),
  'apps/auto/kustomization.yaml': kustomization('auto.yaml'),
  'apps/auto/auto.yaml': configOf('auto', 'blue'),
  'apps/talker/kustomization.yaml': kustomization('talker.yaml'),
  'apps/talker/talker.yaml': talkerOf('stable'),
  // No node runs the job, so that nothing comes after it.
  'apps/hooked/kustomization.yaml': kustomization('hook.yaml', 'hooked.yaml'),
  'apps/hooked/hook.yaml': `apiVersion: batch/v1
kind: Job
metadata: {name: migrate, namespace: shop, annotations: {argocd.argoproj.io/hook: PreSync}}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: example.com/migrate}]}}}
`,
  'apps/hooked/hooked.yaml': configOf('hooked', 'blue'),
  'apps/held/kustomization.yaml': kustomization('held.yaml'),
  'apps/held/held.yaml': configOf('held', 'blue'),
  'flux/infra/kustomization.yaml': kustomization('infra.yaml'),
  'flux/infra/infra.yaml': configOf('infra', 'blue'),
  'flux/api/kustomization.yaml': kustomization('api.yaml'),
  'flux/api/api.yaml': configOf('api', 'blue'),
  'flux/spare/kustomization.yaml': kustomization('spare.yaml'),
  'flux/spare/spare.yaml': configOf('spare', 'blue'),
  'flux/bad/kustomization.yaml': kustomization('bad.yaml'),
  'flux/bad/bad.yaml': deploymentOf('bad', 'other'),
  'chart/Chart.yaml': 'apiVersion: v2\nname: greeting\nversion: 0.1.0\n',
  'chart/templates/config.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "{{ .Release.Name }}"}\ndata: {message: "{{ .Values.message }}"}\n',
  'clusters/east/argocd.yaml': ['web', 'slow', 'broken', 'talker', 'hooked']
    .map((name) => application(url, name, ''))
    .concat(application(url, 'auto', 'automated: {}'), application(url, 'held', '', 'quiet'))
    .join('---\n'),
  'clusters/east/project.yaml': `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: quiet, namespace: ${argocdNamespace}}
spec:
  sourceRepos: ['*']
  destinations: [{namespace: '*', server: '*'}]
  syncWindows: [{kind: deny, schedule: '* * * * *', duration: 1h, applications: ['*']}]
`,
  'clusters/east/flux.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: workshop, namespace: shop}
spec: {interval: 1h, url: "${url}", ref: {branch: main}}
---
${fluxKustomization('infra', '')}---
${fluxKustomization('api', ', dependsOn: [{name: infra}]')}---
${fluxKustomization('bad', '')}---
${fluxKustomization('spare', '')}---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: greeting, namespace: shop}
spec:
  interval: 1h
  chart: {spec: {chart: ./chart, reconcileStrategy: Revision, sourceRef: {kind: GitRepository, name: workshop}}}
  values: {message: hello}
`,
});

/** A clone of the repository, and how others change it. */
export interface Workshop {
  /** Absolute path of the clone. */
  readonly folder: string;
  /** Commits to the repository, not to the clone. */
  commit(changed: Readonly<Record<string, string>>): Promise<void>;
  /** Has the clone follow. */
  pull(): Promise<void>;
}

/** Serves the repository, clones it, and applies what the named files of `clusters/east` declare. */
export async function deliverWorkshop({ git, api, folder }: Cluster, ...applied: readonly string[]): Promise<Workshop> {
  const url = `${git.url}/${repository}`;
  const all = files(url);
  await git.commit(repository, all);
  await api.apply('apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n');
  for (const name of applied) await api.apply(all[`clusters/east/${name}.yaml`] ?? '');
  const clone = path.join(folder, 'workshop');
  await run('git', ['clone', '--quiet', url, clone]);
  return {
    folder: clone,
    commit: async (changed) => {
      await git.commit(repository, changed);
    },
    async pull() {
      await run('git', ['pull', '--quiet'], { cwd: clone });
    },
  };
}
