import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kustomizationKind, pool } from './pool-in-test.ts';
import { describe, type FieldDoc } from './field-doc.ts';
import { renderFieldDoc } from './render-field-doc.ts';
import type { YamlPath } from '../workspace/yaml-path.ts';

const deployment = { apiVersion: 'apps/v1', kind: 'Deployment' };
const fluxKustomization = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization' };

function hover(kind: { apiVersion: string; kind: string }, path: YamlPath): string {
  const doc = describe(pool, kind, path);
  assert.ok(doc, `${kind.kind} has ${path.join('.')}`);
  return renderFieldDoc(doc);
}

test('a field: facts, description, form, example, page', () => {
  assert.equal(
    hover(fluxKustomization, ['spec', 'retryInterval']),
    `**retryInterval** · \`string\`

How long to wait after a failure before the next attempt. Without it, \`interval\`.

Must be a duration such as \`30s\`, \`10m\` or \`1h30m\`.

\`\`\`yaml
retryInterval: 1m
\`\`\`

[Flux 2.9.5: Kustomization](https://fluxcd.io/flux/components/kustomize/kustomizations/)`,
  );
});

test('types are written as Go writes them', () => {
  const type = (kind: { apiVersion: string; kind: string }, path: YamlPath): string | undefined => describe(pool, kind, path)?.type;
  assert.equal(type(deployment, ['spec', 'template', 'spec']), 'PodSpec');
  assert.equal(type(deployment, ['metadata', 'labels']), 'map[string]string');
  assert.equal(type(deployment, ['spec', 'template', 'spec', 'containers']), '[]Container');
  assert.equal(type(deployment, ['spec', 'strategy', 'rollingUpdate', 'maxSurge']), 'integer or string');
  assert.equal(type(deployment, ['spec', 'template', 'spec', 'containers', 0, 'resources', 'limits']), 'map[string]Quantity');
  assert.equal(type(kustomizationKind, ['resources']), '[]string');
});

test('facts: required, default, values, deprecation', () => {
  assert.match(hover(fluxKustomization, ['spec', 'prune']), /^\*\*prune\*\* · `boolean` · required\n/);
  assert.match(
    hover({ apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'Bucket' }, ['spec', 'provider']),
    /default `generic`[^]*One of `generic`, `aws`, `gcp` or `azure`\./,
  );
  assert.match(
    hover({ apiVersion: 'v1', kind: 'Service' }, ['spec', 'type']),
    /One of `ClusterIP`, `NodePort`, `LoadBalancer` or `ExternalName`\./,
  );
  assert.match(
    hover(kustomizationKind, ['bases']),
    /\*\*Deprecated\.\*\* `bases` is deprecated\. List the folders under `resources` instead\./,
  );
  assert.match(hover(deployment, ['spec', 'template', 'spec', 'serviceAccount']), /\*\*Deprecated\.\*\* Use serviceAccountName instead\./);
});

test('the page is the one about the field, where there is one', () => {
  const page = (path: YamlPath): string | undefined => describe(pool, kustomizationKind, path)?.page.url;
  assert.equal(page(['patches', 0, 'target', 'kind']), 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/');
  assert.equal(page([]), 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/');
  assert.equal(
    describe(pool, deployment, [])?.page.url,
    'https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#deployment-v1-apps',
  );
});

test("a list's item is described as the list", () => {
  assert.equal(describe(pool, kustomizationKind, ['resources', 3])?.name, 'resources');
});

test('the kind itself', () => {
  assert.match(
    hover(fluxKustomization, []),
    /^\*\*Kustomization\*\* · `kustomize\.toolkit\.fluxcd\.io\/v1`\n\nTells Flux to build a folder/,
  );
});

test('what the schema does not know is not described', () => {
  assert.equal(describe(pool, deployment, ['spec', 'nothing']), undefined);
  assert.equal(describe(pool, deployment, ['spec', 'constructor']), undefined);
  assert.equal(describe(pool, { apiVersion: 'example.com/v1', kind: 'Thing' }, []), undefined);
});

test('every field that our words are about has an example or a description of its own', () => {
  const words = ['Application', 'ApplicationSet', 'AppProject'].map((kind): FieldDoc | undefined =>
    describe(pool, { apiVersion: 'argoproj.io/v1alpha1', kind }, []),
  );
  for (const doc of words) assert.ok(doc?.description && doc.example);
});
