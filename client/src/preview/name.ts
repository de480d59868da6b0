import { Uri, workspace } from 'vscode';
import { renderedSuffix } from '../../../protocol/src/preview.ts';

/** What a preview shows, as a path relative to the workspace, for people. */
export function previewName({ path }: Uri): string {
  return workspace.asRelativePath(Uri.file(path.slice(0, -renderedSuffix.length)));
}
