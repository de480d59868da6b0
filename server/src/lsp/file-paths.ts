import { URI } from 'vscode-uri';
import { pathOf } from '../workspace/paths.ts';

/** Whether a URI is a file's on disk, and not that of an untitled or historic document. */
export function isFile(uri: string): boolean {
  return URI.parse(uri).scheme === 'file';
}

/** The paths of those URIs that are files or folders on disk. */
export function filePaths(uris: readonly string[]): string[] {
  return uris.filter(isFile).map((uri) => pathOf(uri));
}
