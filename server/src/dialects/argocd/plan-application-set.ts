// What the engine is asked for an Argo CD ApplicationSet (API v1alpha1).
import type { FoundObject, Planned, Planning, Refusal } from '../../model/planning.ts';
import type { RegisteredClusters } from '../../model/registered-clusters.ts';
import type { RenderRequest } from '../../engine/engine.ts';
import type { SourceFile } from '../../workspace/source-file.ts';
import { treeOf } from '../../workspace/yaml-document.ts';
import { nodeAt } from '../../workspace/yaml-path.ts';
import { asksClusters } from './asks-clusters.ts';
import { fixtureFor } from './fixture.ts';

/**
 * Plans the generation of an ApplicationSet's Applications: the repositories that lie here, and what stands in for the network. The clusters
 * are those of the fixture, or else, when one asks for them, those that a connected cluster tells.
 */
export async function planApplicationSet(found: FoundObject, planning: Planning): Promise<Planned<RenderRequest> | Refusal> {
  const { view, settings } = planning;
  const repositories = view.repositories.flatMap(({ root, remotes }) => remotes.map((url) => ({ url, revision: '', root })));
  const fixture = fixtureFor(view, found.pipeline);
  const asks = asksClusters(treeOf(found.document)) && !(fixture && namesClusters(fixture));
  const live: RegisteredClusters = asks ? await planning.registeredClusters(found.pipeline) : { kind: 'none' };
  return {
    request: {
      op: 'applicationSet',
      render: {
        object: found.document.text,
        repositories,
        fixture: fixture?.text ?? '',
        ...(live.kind === 'known' ? { live: { from: live.from, clusters: live.clusters } } : {}),
        newGitFileGlobbing: settings.argocd.newGitFileGlobbing,
      },
    },
    notes: live.kind === 'unknown' ? [live.reason] : [],
    secrets: [],
    configs: [],
  };
}

function namesClusters({ documents: [first] }: SourceFile): boolean {
  return first !== undefined && nodeAt(treeOf(first.document), ['clusters']) !== undefined;
}
