import type { Planning } from '../../model/planning.ts';
import type { RenderRequest } from '../../engine/engine.ts';
import { capabilitiesAt } from '../../model/capabilities.ts';

/** What `kustomize build` is asked for a folder. */
export function buildRequest(directory: string, { view, settings }: Planning): RenderRequest {
  const { loadRestrictor, enableHelm } = settings.render;
  if (!enableHelm) return { op: 'build', render: { directory, loadRestrictor } };
  const { kubeVersion, apiVersions } = capabilitiesAt(view.graph.snapshot, settings, directory);
  return { op: 'build', render: { directory, loadRestrictor, enableHelm, helmKubeVersion: kubeVersion, helmApiVersions: apiVersions } };
}
