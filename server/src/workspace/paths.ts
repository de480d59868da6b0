// Inside the server a place is an absolute, `/`-separated path as it stands in a `file:` URI: `/repo/app`, and
// `/c:/repo/app` on Windows. Only the disk converts it to the platform's form.
import { posix } from 'node:path';
import { URI } from 'vscode-uri';

/** The path of a `file:` URI (or of any URI, whatever its scheme), without a trailing slash; a Windows drive in lower case. */
export function pathOf(uri: string): string {
  const path = URI.parse(uri).path.replace(/^\/[A-Z]:/, (drive) => drive.toLowerCase());
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** The `file:` URI of a path, percent-encoded as VS Code encodes it, so that the two compare as strings. */
export function uriOf(path: string): string {
  return URI.file(path).toString();
}

/** The path as the operating system writes it. */
export function nativePath(path: string): string {
  const native = URI.file(path).fsPath;
  // `c:` alone would be the folder that this process is in on that drive.
  return /^[a-z]:$/i.test(native) ? `${native}\\` : native;
}

/** The path of a place named in the operating system's own form. */
export function fromNativePath(native: string): string {
  return pathOf(URI.file(native).toString());
}

/** Resolves `relative` from the folder `directory`, as a shell in that folder would. */
export function resolveFrom(directory: string, relative: string): string {
  return posix.resolve(directory, relative);
}

/** The folder that holds `path`. */
export const directoryOf = posix.dirname;

/** The last segment of `path`. */
export const baseName = posix.basename;

/** `path` as seen from the folder `directory`; `.` for the folder itself. */
export function relativeTo(directory: string, path: string): string {
  return posix.relative(directory, path) || '.';
}

/** Whether `path` is `directory` or lies below it. */
export function isWithin(directory: string, path: string): boolean {
  return path === directory || path.startsWith(directory === '/' ? '/' : `${directory}/`);
}
