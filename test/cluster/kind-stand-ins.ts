// Stands in for the definitions that a repository's objects need and nobody here installs: kinds that take any field.
import { parseAllDocuments } from 'yaml';
import type { Api } from './api.ts';
import { applyDefinition } from './definitions.ts';

interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** Has the cluster serve every kind in the YAML texts that it does not know, and that they don't define themselves. */
export async function serveKinds(api: Api, texts: readonly string[]): Promise<void> {
  const objects = texts.flatMap((text) =>
    parseAllDocuments(text).map((document) => (document.errors.length > 0 ? null : asObject(document.toJS()))),
  );
  const defined = new Set(objects.map((object) => object?.spec?.names?.kind));
  const needed = new Map<string, Kind>();
  for (const object of objects) {
    const [group, version] = object?.apiVersion?.split('/') ?? [];
    if (group === undefined || version === undefined || object?.kind === undefined || defined.has(object.kind)) continue;
    if (group === 'kustomize.config.k8s.io') continue; // it is read from files only
    needed.set(`${group} ${object.kind}`, { group, version, kind: object.kind });
  }
  for (const kind of needed.values()) if (!(await isServed(api, kind))) await applyDefinition(api, JSON.stringify(definitionOf(kind)));
}

interface AnyObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly spec?: { readonly names?: { readonly kind?: string } };
}

function asObject(value: unknown): AnyObject | null {
  return typeof value === 'object' && value !== null && typeof (value as AnyObject).apiVersion === 'string' ? value : null;
}

async function isServed(api: Api, { group, version, kind }: Kind): Promise<boolean> {
  const { status, body } = await api.request('GET', `/apis/${group}/${version}`);
  return (
    status === 200 && (body as { readonly resources: readonly { readonly kind: string }[] }).resources.some((known) => known.kind === kind)
  );
}

function definitionOf({ group, version, kind }: Kind): object {
  const singular = kind.toLowerCase();
  const plural = singular.replace(/y$/, 'ie') + 's';
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    // Their real owners have groups of k8s.io approved.
    metadata: { name: `${plural}.${group}`, annotations: { 'api-approved.kubernetes.io': 'unapproved, a stand-in' } },
    spec: {
      group,
      scope: kind.startsWith('Cluster') ? 'Cluster' : 'Namespaced',
      names: { kind, plural, singular, listKind: `${kind}List` },
      versions: [{ name: version, served: true, storage: true, schema, subresources: { status: {} } }],
    },
  };
}
