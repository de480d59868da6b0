import type { Connection, WorkspaceClientCapabilities } from 'vscode-languageserver';
import { type Settings, defaultSettings } from '../../../protocol/src/options.ts';

/** The client's settings under `drydock.`; what it does not say, or can't be asked for, has its default. */
export async function readSettings(connection: Connection, { configuration }: WorkspaceClientCapabilities): Promise<Settings> {
  const given = configuration ? ((await connection.workspace.getConfiguration('drydock')) as Partial<Settings> | null) : null;
  return {
    validate: { ...defaultSettings.validate, ...given?.validate },
    yaml: { ...defaultSettings.yaml, ...given?.yaml },
    render: { ...defaultSettings.render, ...given?.render },
    helm: { ...defaultSettings.helm, ...given?.helm },
    clusters: given?.clusters ?? defaultSettings.clusters,
    flux: { ...defaultSettings.flux, ...given?.flux },
    argocd: { ...defaultSettings.argocd, ...given?.argocd },
    sources: { ...defaultSettings.sources, ...given?.sources },
    cluster: { ...defaultSettings.cluster, ...given?.cluster },
    files: { ...defaultSettings.files, ...given?.files },
  };
}
