// ApplicationSets with the clusters of a real Argo CD: what is generated here beside what its controller has made.
import path from 'node:path';
import { mkdir, writeFile } from 'node:fs/promises';
import { parseAllDocuments } from 'yaml';
import { eventually } from '../e2e/eventually.ts';
import { sessionOn } from '../fixture/session.ts';
import { inventoryOf } from '../../server/src/cluster/tree/inventory.ts';
import type { GeneratedApplications } from '../../server/src/engine/application-set.ts';
import { RegisteredAnswers } from '../../server/src/lsp/registered-answers.ts';
import type { PipelineRendering } from '../../server/src/session/renders.ts';
import { argocdNamespace } from './argocd.ts';
import type { KubernetesObject } from './api.ts';
import type { Cluster } from './cluster.ts';
import { patient } from './converge.ts';
import { liveClusters } from './live-clusters.ts';

const apiVersion = 'argoproj.io/v1alpha1';

/** The token of every cluster; nobody may see it. */
export const clusterToken = 'a-token-that-nobody-may-see';

/** A Secret in which Argo CD keeps a cluster, as `argocd cluster add` writes it; applied with kubectl, what was applied stands in it once more. */
export function clusterSecret(name: string, server: string, env: string): object {
  const stringData = { name, server, config: JSON.stringify({ bearerToken: clusterToken, tlsClientConfig: { insecure: true } }) };
  const labels = { 'argocd.argoproj.io/secret-type': 'cluster', env };
  const applied = JSON.stringify({ apiVersion: 'v1', kind: 'Secret', stringData });
  const annotations = { team: `${env}-team`, 'kubectl.kubernetes.io/last-applied-configuration': applied };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: `cluster-${name.toLowerCase().replaceAll(/\W/g, '-')}`, namespace: argocdNamespace, labels, annotations },
    stringData,
  };
}

/** Something that can be deployed; nothing is, for nobody syncs it. */
const spec = { project: 'default', source: { repoURL: 'https://127.0.0.1:1/fleet.git', targetRevision: 'main', path: '.' } };

/** ApplicationSets that ask for clusters in each way there is. */
export const clusterSets: readonly { readonly metadata: { readonly name: string } }[] = [
  {
    name: 'all',
    generators: [{ clusters: { values: { plain: 'x' } } }],
    template: {
      metadata: { name: 'all-{{nameNormalized}}', annotations: { server: '{{server}}', plain: '{{values.plain}}' } },
      spec: { ...spec, destination: { server: '{{server}}', namespace: 'all' } },
    },
  },
  {
    name: 'dev',
    goTemplate: true,
    goTemplateOptions: ['missingkey=error'],
    generators: [{ clusters: { selector: { matchLabels: { env: 'dev' } }, values: { team: '{{ .metadata.annotations.team }}' } } }],
    template: {
      metadata: { name: 'dev-{{ .nameNormalized }}', labels: { team: '{{ .values.team }}', env: '{{ .metadata.labels.env }}' } },
      spec: { ...spec, destination: { name: '{{ .name }}', namespace: 'dev' } },
    },
  },
  {
    name: 'each',
    goTemplate: true,
    generators: [{ matrix: { generators: [{ list: { elements: [{ app: 'a' }, { app: 'b' }] } }, { clusters: {} }] } }],
    template: {
      metadata: { name: '{{ .app }}-{{ .nameNormalized }}', annotations: { project: 'p{{ .project }}' } },
      spec: { ...spec, destination: { server: '{{ .server }}', namespace: '{{ .app }}' } },
    },
  },
  {
    name: 'flat',
    goTemplate: true,
    generators: [{ clusters: { flatList: true, selector: { matchExpressions: [{ key: 'env', operator: 'Exists' }] } } }],
    template: {
      metadata: { name: 'flat', annotations: { all: '{{ range .clusters }}{{ .name }}={{ .metadata.labels.env }};{{ end }}' } },
      spec: { ...spec, destination: { server: 'https://kubernetes.default.svc', namespace: 'flat' } },
    },
  },
].map(({ name, ...rest }) => ({ apiVersion, kind: 'ApplicationSet', metadata: { name, namespace: argocdNamespace }, spec: rest }));

/** What an Application is compared by. */
export interface ComparedApplication {
  readonly name: string;
  readonly labels: unknown;
  readonly annotations: unknown;
  readonly spec: unknown;
}

/** A user's editor beside the cluster, with the ApplicationSets among its files. */
export interface OpenSets extends AsyncDisposable {
  /** What each ApplicationSet generates here now, sorted by name, and all that was told of it. */
  render(): Promise<{ readonly applications: readonly ComparedApplication[]; readonly told: readonly PipelineRendering[] }>;
  /** Opens the row of the cluster, so that it is watched; resolves when its Secrets are known. */
  connect(): Promise<void>;
  /** Nobody looks at the cluster any more. */
  disconnect(): void;
  /** How often it was told that something changed. */
  readonly changes: () => number;
  readonly failures: readonly unknown[];
}

/** Opens the ApplicationSets in a folder of the cluster's; nothing is connected. */
export async function openSets(cluster: Cluster): Promise<OpenSets> {
  const folder = path.join(cluster.folder, 'sets');
  await mkdir(folder);
  for (const set of clusterSets) await writeFile(path.join(folder, `${set.metadata.name}.yaml`), JSON.stringify(set));
  await using opening = new AsyncDisposableStack();
  const clusters = opening.use(liveClusters(cluster.kubeconfig));
  const live = await clusters.of(cluster.server.name);
  const failures: unknown[] = [];
  let changes = 0;
  const answers = new RegisteredAnswers({
    known: () => [{ cluster: live, inventory: inventoryOf(live) }],
    changed: () => changes++,
    failed: (error) => failures.push(error),
  });
  const { session, root } = opening.use(await sessionOn(folder, (set) => Promise.resolve(answers.of(set))));
  const kept = opening.move();
  const renderOne = async (name: string): Promise<PipelineRendering> => {
    if (session.rendering.kind === 'off') throw new Error(session.rendering.reason);
    const within = { kind: 'file', path: `${root}/${name}.yaml` } as const;
    const set = { kind: 'object', group: 'argoproj.io', objectKind: 'ApplicationSet', namespace: argocdNamespace, name, within } as const;
    const rendering = await session.rendering.renders.render(set, new AbortController().signal);
    if (!rendering) throw new Error(`${name} was not rendered`);
    return rendering;
  };
  const render = async () => {
    const told = await Promise.all(clusterSets.map(({ metadata: { name } }) => renderOne(name)));
    const objects = told.flatMap(({ yaml = '' }) => parseAllDocuments(yaml).map((each) => each.toJS() as KubernetesObject));
    return { applications: compared(objects), told };
  };
  return {
    render,
    async connect() {
      live.start();
      await eventually('the clusters to be known', async () => {
        answers.update();
        const { told } = await render();
        return told.every(({ details }) => (details as GeneratedApplications).clustersFrom !== undefined) ? true : undefined;
      });
    },
    disconnect: () => live.stop(),
    changes: () => changes,
    failures,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** The Applications that Argo CD's controller has made of the ApplicationSets, once there are as many as wanted. */
export function applicationsMade({ api }: Cluster, wanted: number): Promise<readonly ComparedApplication[]> {
  const sets = clusterSets.map(({ metadata }) => metadata.name);
  return eventually(
    `${wanted} Applications`,
    async () => {
      const all = await api.list(apiVersion, 'Application', argocdNamespace);
      const made = all.filter(({ metadata }) => metadata.ownerReferences?.some(({ name }) => sets.includes(name)));
      return made.length === wanted ? compared(made) : undefined;
    },
    patient,
  );
}

function compared(objects: readonly KubernetesObject[]): ComparedApplication[] {
  return objects
    .map(({ metadata: { name, labels = {}, annotations = {} }, ...rest }) => ({ name, labels, annotations, spec: rest['spec'] }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
