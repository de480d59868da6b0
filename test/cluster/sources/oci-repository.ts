// The content of an OCIRepository that holds a Helm chart, chosen and fetched by source-controller's own code.
import path from 'node:path';
import { readFile } from 'node:fs/promises';
import { temporaryFolder } from '../../../scripts/temporary-folder.ts';
import type { Answering } from '../../fidelity/flux-controllers.ts';
import type { KubernetesObject } from '../api.ts';
import { type Content, SourceError } from './artifact.ts';
import { mustBeOnThisMachine } from './on-this-machine.ts';
import { packedChart } from './packed-chart.ts';

interface OciRepositorySpec {
  readonly url: string;
  readonly ref?: { readonly semver?: string; readonly tag?: string };
  readonly layerSelector?: { readonly mediaType?: string; readonly operation?: string };
}

/** Fetches what an OCIRepository names. Throws SourceError. */
export async function ociRepositoryContent({ metadata, ...object }: KubernetesObject, packer: Answering): Promise<Content> {
  const { url, ref = {}, layerSelector } = object['spec'] as OciRepositorySpec;
  mustBeOnThisMachine(url);
  if (layerSelector?.operation !== 'copy')
    throw new SourceError(
      'OCIArtifactPullFailed',
      'the stand-in for source-controller reads Helm charts (layerSelector) and no other artifact',
    );
  const slash = url.lastIndexOf('/');
  using folder = temporaryFolder('oci');
  const to = path.join(folder.path, 'chart.tgz');
  const { version } = await packedChart(packer, {
    repository: url.slice(0, slash),
    chart: url.slice(slash + 1),
    version: ref.semver ?? ref.tag ?? '',
    to,
  });
  const { host, pathname } = new URL(url.replace(/^oci:/, 'http:'));
  const manifest = await fetch(`http://${host}/v2${pathname}/manifests/${version}`, { method: 'HEAD' });
  const digest = manifest.headers.get('docker-content-digest') ?? '';
  const revision = `${version}@${digest}`;
  return {
    bytes: await readFile(to),
    revision,
    path: `ocirepository/${metadata.namespace ?? ''}/${metadata.name}/${digest}.tgz`,
    reason: 'Succeeded',
    message: `stored artifact for digest '${revision}'`,
    status: {},
  };
}
