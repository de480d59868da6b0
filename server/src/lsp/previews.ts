// Rendered previews as LSP 3.18 knows them: documents whose text the server supplies (`workspace/textDocumentContent`).
import { type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { previewState, previewText } from '../features/rendered-preview.ts';
import type { Background } from './background.ts';
import type { PipelineRendering } from '../session/renders.ts';
import type { Session } from '../session/session.ts';
import { placeLabel } from '../features/object-tree.ts';
import { pipelineOf, previewUri } from '../model/preview-uri.ts';
import { type Pipeline, pipelineLabel } from '../model/pipeline.ts';
import { previewChanged } from '../../../protocol/src/messages.ts';

/**
 * The text of the preview at `uri` as it is now.
 *
 * @throws ResponseError when `uri` is no preview's.
 */
export function previewAt({ rendering, view }: Session, uri: string): string {
  const pipeline = pipelineOf(uri);
  if (!pipeline) throw new ResponseError(LSPErrorCodes.RequestFailed, `${uri} is not a rendered preview.`);
  if (rendering.kind === 'off') return `# Not rendered: ${rendering.reason}.\n`;
  const label = pipelineLabel(pipeline, (place) => placeLabel(view, place));
  return previewText(label, rendering.renders.known(pipeline));
}

/** Makes the client ask for a preview's text again, and tells how it stands. */
export function tellPreview(connection: Connection, background: Background, pipeline: Pipeline, rendering: PipelineRendering): void {
  const uri = previewUri(pipeline);
  background('refreshing a preview', connection.workspace.textDocumentContent.refresh(uri));
  background('telling of a preview', connection.sendNotification(previewChanged.method, { uri, state: previewState(rendering) }));
}
