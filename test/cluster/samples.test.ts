// `npm start -- --cluster`: the samples, delivered by the real controllers as far as a machine alone can.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import { startSampleCluster } from '../../scripts/editor/sample-cluster.ts';
import { temporaryFolder } from '../../scripts/temporary-folder.ts';
import { eventually } from '../e2e/eventually.ts';
import type { KubernetesObject } from './api.ts';
import { conditionOf, isReady, patient } from './converge.ts';

exitOnSignals();

const argo = 'argoproj.io/v1alpha1';
const source = 'source.toolkit.fluxcd.io/v1';

/** What can't be had here, and the words that say why. */
const refused: Readonly<Record<string, RegExp>> = {
  'Kustomization shop': /secrets "sops-age" not found/,
  'OCIRepository cluster-policies': /asks nobody but this machine/,
  'Bucket shared-dashboards': /reads no buckets/,
};
/** Nobody here runs Argo Rollouts; and GitHub is not asked for pull requests. */
const health: Readonly<Record<string, string>> = { 'checkout-dev': 'Progressing', 'root-app-dev': 'Degraded' };

test('the samples converge, and what can not says why', async () => {
  using temporary = temporaryFolder('samples');
  await using cluster = await startSampleCluster(path.join(temporary.path, 'fleet'));
  const { api } = cluster;

  await eventually(
    'the Applications to be synced',
    async () => {
      const states = (await api.list(argo, 'Application', 'argocd')).map(stateOf).sort();
      const wanted = ['catalog-dev', 'checkout-dev', 'payment-dev', 'root-app-dev', 'storefront-dev'];
      return equal(
        states,
        wanted.map((name) => `${name} Synced ${health[name] ?? 'Healthy'}`),
      );
    },
    patient,
  );
  for (const [apiVersion, kind] of [
    ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization'],
    ['helm.toolkit.fluxcd.io/v2', 'HelmRelease'],
    [source, 'GitRepository'],
    [source, 'HelmRepository'],
    [source, 'OCIRepository'],
    [source, 'Bucket'],
    [source, 'HelmChart'],
  ] as const)
    await eventually(
      `every ${kind} to be as it can be`,
      async () => {
        const objects = await api.list(apiVersion, kind, '');
        assert.notEqual(objects.length, 0);
        return equal(
          objects.filter((object) => !isAsItCanBe(object)).map(({ metadata }) => metadata.name),
          [],
        );
      },
      patient,
    );
});

function isAsItCanBe(object: KubernetesObject): boolean {
  const why = refused[`${object.kind} ${object.metadata.name}`];
  if (why) return why.test(conditionOf(object, 'Ready')?.message ?? '');
  const { type } = object['spec'] as { readonly type?: string };
  return type === 'oci' || isReady(object); // of registries Flux says nothing
}

function stateOf({ metadata, ...object }: KubernetesObject): string {
  const { sync, health } = (object['status'] ?? {}) as {
    readonly sync?: { readonly status?: string };
    readonly health?: { readonly status?: string };
  };
  return `${metadata.name} ${sync?.status ?? ''} ${health?.status ?? ''}`;
}

function equal(actual: readonly string[], wanted: readonly string[]): true | undefined {
  return actual.join('\n') === wanted.join('\n') ? true : undefined;
}
