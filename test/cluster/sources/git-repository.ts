// The content of a GitRepository.
import type { KubernetesObject } from '../api.ts';
import type { Content } from './artifact.ts';
import { type GitReference, gitMirror } from './git-mirror.ts';

/** The fields of `spec` that the stand-in reads; credentials are for hosts that ask for some. */
export interface GitRepositorySpec {
  readonly url: string;
  readonly ref?: GitReference;
}

/** Fetches what a GitRepository names. Throws SourceError. */
export async function gitRepositoryContent({ metadata, ...object }: KubernetesObject, mirrors: string): Promise<Content> {
  const { url, ref = {} } = object['spec'] as GitRepositorySpec;
  const mirror = gitMirror(url, mirrors);
  const { commit, name: revision } = await mirror.find(ref);
  return {
    bytes: await mirror.archive(commit),
    revision,
    path: `gitrepository/${metadata.namespace ?? ''}/${metadata.name}/${commit}.tar.gz`,
    reason: 'Succeeded',
    message: `stored artifact for revision '${revision}'`,
    status: {},
  };
}
