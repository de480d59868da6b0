// Rendered previews as LSP 3.18 knows them: documents whose text the server supplies (`workspace/textDocumentContent`).
import { type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { overlayUri, previewUri } from '../../../protocol/src/preview.ts';
import { pathOf, uriOf } from '../workspace/paths.ts';
import { previewState, previewText } from '../features/rendered-preview.ts';
import type { Background } from './background.ts';
import type { OverlayRendering } from '../session/renders.ts';
import type { Session } from '../session/session.ts';
import { overlayLabel } from '../features/object-tree.ts';
import { previewChanged } from '../../../protocol/src/messages.ts';

/**
 * The text of the preview at `uri` as it is now.
 *
 * @throws ResponseError when `uri` is no preview's.
 */
export function previewAt({ rendering, view }: Session, uri: string): string {
  const overlay = overlayUri(uri);
  if (overlay === undefined) throw new ResponseError(LSPErrorCodes.RequestFailed, `${uri} is not a rendered preview.`);
  if (rendering.kind === 'off') return `# Not rendered: ${rendering.reason}.\n`;
  const directory = pathOf(overlay);
  return previewText(overlayLabel(view, directory), rendering.renders.known(directory));
}

/** Makes the client ask for a preview's text again, and tells how it stands. */
export function tellPreview(connection: Connection, background: Background, directory: string, rendering: OverlayRendering): void {
  const uri = previewUri(uriOf(directory));
  background('refreshing a preview', connection.workspace.textDocumentContent.refresh(uri));
  background('telling of a preview', connection.sendNotification(previewChanged.method, { uri, state: previewState(rendering) }));
}
