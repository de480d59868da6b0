// Rendered previews are documents of their own scheme, served by LSP 3.18 `workspace/textDocumentContent`.

/** URI scheme of rendered previews. */
export const renderedScheme = 'drydock-rendered';

/** Language id of rendered previews, apart from `yaml` so that no other extension lints them. */
export const renderedLanguage = 'drydock-rendered';

const suffix = '.rendered';

/** The preview's URI for an overlay folder's `file:` URI. */
export function previewUri(overlay: string): string {
  return `${renderedScheme}${overlay.slice(overlay.indexOf(':'))}${suffix}`;
}

/** The overlay folder's `file:` URI for a preview's URI; undefined when `uri` is no preview. */
export function overlayUri(uri: string): string | undefined {
  if (!uri.startsWith(`${renderedScheme}:`) || !uri.endsWith(suffix)) return undefined;
  return `file${uri.slice(renderedScheme.length, -suffix.length)}`;
}
