// The content of a HelmChart out of a Git repository or a Helm repository, packed by source-controller's own code.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '../../../scripts/temporary-folder.ts';
import type { Answering } from '../../fidelity/flux-controllers.ts';
import type { Api, KubernetesObject } from '../api.ts';
import { type Content, SourceError } from './artifact.ts';
import { gitMirror } from './git-mirror.ts';
import type { GitRepositorySpec } from './git-repository.ts';
import type { HelmRepositorySpec } from './helm-repository.ts';
import { mustBeOnThisMachine } from './on-this-machine.ts';
import { type ChartRequest, packedChart } from './packed-chart.ts';

interface HelmChartSpec {
  readonly chart: string;
  readonly version?: string;
  readonly sourceRef: { readonly kind: string; readonly name: string };
  readonly valuesFiles?: readonly string[];
  readonly ignoreMissingValuesFiles?: boolean;
  readonly reconcileStrategy?: 'ChartVersion' | 'Revision';
}

/** Whether a HelmChart takes its chart from this source. */
export function comesFrom(chart: KubernetesObject, source: KubernetesObject): boolean {
  const { sourceRef } = chart['spec'] as HelmChartSpec;
  return (
    sourceRef.kind === source.kind && sourceRef.name === source.metadata.name && chart.metadata.namespace === source.metadata.namespace
  );
}

/** Packs the chart that a HelmChart names. Throws SourceError. */
export async function helmChartContent(object: KubernetesObject, api: Api, mirrors: string, packer: Answering): Promise<Content> {
  const spec = object['spec'] as HelmChartSpec;
  const { kind, name } = spec.sourceRef;
  const namespace = object.metadata.namespace ?? '';
  if (kind !== 'GitRepository' && kind !== 'HelmRepository')
    throw new SourceError('SourceUnavailable', `failed to get source: the stand-in for source-controller gets no charts from a ${kind}`);
  const source = await api.get({ apiVersion: object.apiVersion, kind, name, namespace });
  if (source === undefined)
    throw new SourceError('SourceUnavailable', `failed to get source: ${plurals[kind]}.source.toolkit.fluxcd.io "${name}" not found`);
  const { artifact } = (source['status'] ?? {}) as { readonly artifact?: { readonly revision: string } };
  const isRegistry = (source['spec'] as HelmRepositorySpec).type === 'oci'; // which has no index, and is not reconciled
  if (artifact === undefined && !isRegistry)
    throw new SourceError('NoSourceArtifact', `no artifact available for ${kind} source '${name}'`);
  const revision = artifact?.revision ?? '';

  using folder = temporaryFolder('chart');
  const { valuesFiles = [], ignoreMissingValuesFiles = false } = spec;
  const asked = { chart: spec.chart, to: path.join(folder.path, '.packed.tgz'), valuesFiles, ignoreMissingValuesFiles };
  if (kind === 'GitRepository')
    await gitMirror((source['spec'] as GitRepositorySpec).url, mirrors).checkOut(commitOf(revision), folder.path);
  const packed = await packedChart(packer, { ...asked, ...placeOf(spec, source, folder.path, revision, object.metadata.generation ?? 0) });
  return {
    bytes: await readFile(asked.to),
    revision: packed.version,
    path: `helmchart/${namespace}/${object.metadata.name}/${packed.name}-${packed.version}.tgz`,
    reason: 'ChartPackageSucceeded',
    message: packed.summary,
    status: { observedChartName: packed.name, ...(revision === '' ? {} : { observedSourceArtifactRevision: revision }) },
  };
}

const plurals = { GitRepository: 'gitrepositories', HelmRepository: 'helmrepositories' } as const;

function placeOf(
  spec: HelmChartSpec,
  source: KubernetesObject,
  root: string,
  revision: string,
  generation: number,
): Pick<ChartRequest, 'root' | 'repository' | 'version' | 'versionMetadata'> {
  if (source.kind === 'GitRepository') return { root, versionMetadata: versionMetadata(spec, commitOf(revision), generation) };
  const { url } = source['spec'] as HelmRepositorySpec;
  mustBeOnThisMachine(url);
  const { valuesFiles = [] } = spec;
  return { repository: url, version: spec.version ?? '', versionMetadata: valuesFiles.length > 0 ? `${generation}` : '' };
}

function commitOf(revision: string): string {
  return revision.replace(/^.*sha1:/, '');
}

/** As `buildFromTarballArtifact` of source-controller v1.9.0: what makes a new version of what Chart.yaml calls the same one. */
function versionMetadata({ reconcileStrategy, valuesFiles = [] }: HelmChartSpec, commit: string, generation: number): string {
  const parts = [...(reconcileStrategy === 'Revision' ? [commit.slice(0, 12)] : []), ...(valuesFiles.length > 0 ? [`${generation}`] : [])];
  return parts.join('.');
}
