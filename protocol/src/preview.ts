// Rendered previews are documents of their own scheme, served by LSP 3.18 `workspace/textDocumentContent`. Only the server makes
// their URIs.

/** URI scheme of rendered previews. */
export const renderedScheme = 'drydock-rendered';

/** Language id of rendered previews, apart from `yaml` so that no other extension lints them. */
export const renderedLanguage = 'drydock-rendered';

/** What the path of a preview's URI ends with, behind what it shows. */
export const renderedSuffix = '.rendered';

/**
 * What a preview shows besides the files as the user sees them now; the fragment of its URI. `saved`: the files on disk, without what
 * is not saved in the open editors. `opened`: what was rendered first since the preview without fragment was opened. `values`: not the
 * rendering, but the values that a chart is rendered with, and where each comes from.
 */
export type Moment = 'saved' | 'opened' | 'values';
