// What the engine is asked for an Argo CD ApplicationSet (API v1alpha1).
import type { FoundObject, Planned, Planning, Refusal } from '../../model/planning.ts';
import type { RenderRequest } from '../../engine/engine.ts';
import { fixtureFor } from './fixture.ts';

/** Plans the generation of an ApplicationSet's Applications: the repositories that lie here, and what stands in for the network. */
export function planApplicationSet(found: FoundObject, { view, settings }: Planning): Promise<Planned<RenderRequest> | Refusal> {
  const repositories = view.repositories.flatMap(({ root, remotes }) => remotes.map((url) => ({ url, revision: '', root })));
  return Promise.resolve({
    request: {
      op: 'applicationSet',
      render: {
        object: found.document.text,
        repositories,
        fixture: fixtureFor(view, found.pipeline)?.text ?? '',
        newGitFileGlobbing: settings.argocd.newGitFileGlobbing,
      },
    },
    notes: [],
    secrets: [],
    configs: [],
  });
}
