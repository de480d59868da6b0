import { Uri, workspace } from 'vscode';
import { overlayUri } from '../../../protocol/src/preview.ts';

/** The overlay a preview shows, as a path relative to the workspace, for people. */
export function previewName(preview: Uri): string {
  const overlay = overlayUri(preview.toString());
  return overlay === undefined ? preview.path : workspace.asRelativePath(Uri.parse(overlay));
}
