import { type Settings, defaultSettings } from '../../../protocol/src/options.ts';

/** Settings as far as somebody gave them. */
export type GivenSettings = { readonly [Section in keyof Settings]?: Partial<Settings[Section]> };

/** The settings; what is not given has its default. */
export function settingsOf(given: GivenSettings): Settings {
  return {
    validate: { ...defaultSettings.validate, ...given.validate },
    yaml: { ...defaultSettings.yaml, ...given.yaml },
    render: { ...defaultSettings.render, ...given.render },
    helm: { ...defaultSettings.helm, ...given.helm },
    clusters: { ...defaultSettings.clusters, ...given.clusters } as Settings['clusters'],
    flux: { ...defaultSettings.flux, ...given.flux },
    argocd: { ...defaultSettings.argocd, ...given.argocd },
    sources: { ...defaultSettings.sources, ...given.sources },
    files: { ...defaultSettings.files, ...given.files },
  };
}
