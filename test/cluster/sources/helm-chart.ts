// The content of a HelmChart out of a Git repository, packed by source-controller's own code.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '../../../scripts/temporary-folder.ts';
import type { Answering } from '../../fidelity/flux-controllers.ts';
import type { Api, KubernetesObject } from '../api.ts';
import { type Content, SourceError } from './artifact.ts';
import { gitMirror } from './git-mirror.ts';
import type { GitRepositorySpec } from './git-repository.ts';

interface HelmChartSpec {
  readonly chart: string;
  readonly sourceRef: { readonly kind: string; readonly name: string };
  readonly valuesFiles?: readonly string[];
  readonly ignoreMissingValuesFiles?: boolean;
  readonly reconcileStrategy?: 'ChartVersion' | 'Revision';
}

interface Packed {
  readonly error?: string;
  readonly name: string;
  readonly version: string;
  readonly summary: string;
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
  if (kind !== 'GitRepository')
    throw new SourceError('SourceUnavailable', `failed to get source: the stand-in for source-controller gets no charts from a ${kind}`);
  const source = await api.get({ apiVersion: object.apiVersion, kind, name, namespace });
  if (source === undefined)
    throw new SourceError('SourceUnavailable', `failed to get source: gitrepositories.source.toolkit.fluxcd.io "${name}" not found`);
  const { artifact } = (source['status'] ?? {}) as { readonly artifact?: { readonly revision: string } };
  if (artifact === undefined) throw new SourceError('NoSourceArtifact', `no artifact available for ${kind} source '${name}'`);

  const commit = artifact.revision.replace(/^.*sha1:/, '');
  using folder = temporaryFolder('chart');
  await gitMirror((source['spec'] as GitRepositorySpec).url, mirrors).checkOut(commit, folder.path);
  const to = path.join(folder.path, '.packed.tgz');
  const packed = (await packer.ask({
    root: folder.path,
    chart: spec.chart,
    to,
    valuesFiles: spec.valuesFiles ?? [],
    ignoreMissingValuesFiles: spec.ignoreMissingValuesFiles ?? false,
    versionMetadata: versionMetadata(spec, commit, object.metadata.generation ?? 0),
  })) as Packed;
  if (packed.error !== undefined) throw new SourceError('ChartPackageError', packed.error);
  return {
    bytes: await readFile(to),
    revision: packed.version,
    path: `helmchart/${namespace}/${object.metadata.name}/${packed.name}-${packed.version}.tgz`,
    reason: 'ChartPackageSucceeded',
    message: packed.summary,
    status: { observedChartName: packed.name, observedSourceArtifactRevision: artifact.revision },
  };
}

/** As `buildFromTarballArtifact` of source-controller v1.9.0: what makes a new version of what Chart.yaml calls the same one. */
function versionMetadata({ reconcileStrategy, valuesFiles = [] }: HelmChartSpec, commit: string, generation: number): string {
  const parts = [...(reconcileStrategy === 'Revision' ? [commit.slice(0, 12)] : []), ...(valuesFiles.length > 0 ? [`${generation}`] : [])];
  return parts.join('.');
}
