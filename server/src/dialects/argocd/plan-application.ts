// What the engine is asked for an Argo CD Application (API v1alpha1).
import type { FoundObject, Planned, Planning, Refusal } from '../../model/planning.ts';
import type { RenderRequest } from '../../engine/engine.ts';
import { capabilitiesAt } from '../../model/capabilities.ts';
import { sourceFolders } from './source-folders.ts';
import { objectFileOf } from '../../model/object-file.ts';
import { treeOf } from '../../workspace/yaml-document.ts';

/** Plans the rendering of an Application: where its sources are, and what charts see of its cluster. */
export function planApplication(found: FoundObject, { view, settings }: Planning): Promise<Planned<RenderRequest> | Refusal> {
  const { document, file } = found;
  const folders = sourceFolders(view, file, treeOf(document));
  if (folders.length === 0)
    return Promise.resolve({ refused: 'It has neither spec.source nor spec.sources, so there is nothing to render.' });
  const method = settings.argocd.trackingMethod;
  return Promise.resolve({
    request: {
      op: 'application',
      render: {
        object: document.text,
        ...objectFileOf(found),
        sources: folders.map(({ root, revision }) => ({ root, revision })),
        controllerNamespace: '',
        ...capabilitiesAt(view.graph.snapshot, settings, file.path),
        tracking: { method, label: 'app.kubernetes.io/instance', installationID: '' },
        loadRestrictor: settings.render.loadRestrictor,
        enableHelm: settings.render.enableHelm,
      },
    },
    notes: folders.flatMap(({ notes }) => notes),
    secrets: [],
    configs: [],
  });
}
