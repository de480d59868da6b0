import { isWithin, resolveFrom } from '../workspace/paths.ts';
import type { Settings } from '../../../protocol/src/options.ts';
import type { Snapshot } from '../workspace/snapshot.ts';

/** What charts see of the cluster that they are rendered for. */
export interface Capabilities {
  /** Empty for Helm's default. */
  readonly kubeVersion: string;
  /** Beyond Helm's defaults. */
  readonly apiVersions: readonly string[];
}

/** The capabilities that the settings name for a file or folder: those of the innermost folder under `clusters` that holds it, else those for all. */
export function capabilitiesAt(snapshot: Snapshot, settings: Settings, path: string): Capabilities {
  const cluster = clusterAt(snapshot, settings, path);
  const { helm } = settings;
  return {
    kubeVersion: cluster?.capabilities.kubeVersion ?? helm.kubeVersion,
    apiVersions: cluster?.capabilities.apiVersions ?? helm.apiVersions,
  };
}

/** The folder of a cluster that the settings name for a file or folder: the innermost under `clusters` that holds it; undefined when none does. */
export function clusterFolderAt(snapshot: Snapshot, settings: Settings, path: string): string | undefined {
  return clusterAt(snapshot, settings, path)?.folder;
}

function clusterAt({ folders }: Snapshot, { clusters }: Settings, path: string) {
  // Where no folder is open, only absolute ones can be meant.
  const roots = folders.length > 0 ? folders : ['/'];
  return Object.entries(clusters)
    .flatMap(([folder, capabilities]) => roots.map((root) => ({ folder: resolveFrom(root, folder), capabilities })))
    .filter(({ folder }) => isWithin(folder, path))
    .sort((a, b) => b.folder.length - a.folder.length)[0];
}
