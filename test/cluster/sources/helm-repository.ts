// The content of a HelmRepository: its index.
import { createHash } from 'node:crypto';
import type { KubernetesObject } from '../api.ts';
import { type Content, SourceError } from './artifact.ts';
import { mustBeOnThisMachine } from './on-this-machine.ts';

/** The fields of `spec` that the stand-in reads. */
export interface HelmRepositorySpec {
  readonly url: string;
  readonly type?: 'default' | 'oci';
}

/** Fetches the index of a HelmRepository. Throws SourceError. */
export async function helmRepositoryContent({ metadata, ...object }: KubernetesObject): Promise<Content> {
  const { url } = object['spec'] as HelmRepositorySpec;
  mustBeOnThisMachine(url);
  const failure = (reason: string): never => {
    throw new SourceError('IndexationFailed', `failed to fetch Helm repository index: ${reason}`);
  };
  const answer = await fetch(`${url.replace(/\/*$/, '')}/index.yaml`).catch((error: unknown) => failure(String(error)));
  if (!answer.ok) return failure(`${answer.status} ${answer.statusText}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const digest = createHash('sha256').update(bytes).digest('hex');
  const revision = `sha256:${digest}`;
  return {
    bytes,
    revision,
    path: `helmrepository/${metadata.namespace ?? ''}/${metadata.name}/index-${digest}.yaml`,
    reason: 'Succeeded',
    message: `stored artifact: revision '${revision}'`,
    status: {},
  };
}
