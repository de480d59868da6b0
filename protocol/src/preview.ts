// Rendered previews are documents of their own scheme, served by LSP 3.18 `workspace/textDocumentContent`. Only the server makes
// their URIs.

/** URI scheme of rendered previews. */
export const renderedScheme = 'drydock-rendered';

/** Language id of rendered previews, apart from `yaml` so that no other extension lints them. */
export const renderedLanguage = 'drydock-rendered';

/** What the path of a preview's URI ends with, behind what it shows. */
export const renderedSuffix = '.rendered';
