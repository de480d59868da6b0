// The Secrets in which Argo CD keeps the clusters that it deploys to: who reads one gets nothing of its credentials.
import type { RegisteredCluster } from '../../model/registered-clusters.ts';
import type { ApiResource } from '../api-resources.ts';
import type { LiveObject } from '../live-object.ts';

/** Secrets, as every cluster's API has them. */
export const secrets: ApiResource = {
  group: '',
  version: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  namespaced: true,
  verbs: ['list', 'watch'],
};

/** What Argo CD tells such Secrets by (argo-cd v3.2 common.LabelKeySecretType). */
export const clusterSecretSelector = 'argocd.argoproj.io/secret-type=cluster';

/** What a cluster's Secret says of it, as Argo CD's ApplicationSet controller v3.2.11 reads it; of its credentials nothing. */
export function registeredCluster(secret: LiveObject): RegisteredCluster {
  const { data = {} } = secret as LiveObject & { readonly data?: Readonly<Record<string, string>> };
  const { labels = {}, annotations = {} } = secret.metadata;
  const field = (name: string): string => decoded(data[name] ?? '');
  const credentials = credentialsIn(data['config'] ?? '');
  const harmless = Object.entries(annotations).filter(
    ([name, value]) => !isCopy(name) && !credentials.some((credential) => value.includes(credential)),
  );
  return {
    name: field('name'),
    server: field('server'),
    project: field('project'),
    labels: { ...labels },
    annotations: Object.fromEntries(harmless),
  };
}

// Tools that apply objects write down in an annotation what they have applied, some of them packed.
function isCopy(annotation: string): boolean {
  return /last-applied|\/(?:applied|original)$/.test(annotation);
}

// As in previews, what is shorter stands everywhere.
const shortest = 4;

/** All texts in a cluster's `config`, and itself, each as it is and as Secrets have it. */
function credentialsIn(config: string): string[] {
  const plain = decoded(config);
  const texts = [plain, ...textsIn(parsed(plain))].filter(({ length }) => length >= shortest);
  return [...texts, ...texts.map((text) => Buffer.from(text).toString('base64'))];
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined; // Argo CD can't read it either
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString();
}
