// Small repositories that a test writes into the open workspace, each in a folder of its own.
import { Uri, workspace } from 'vscode';

/** A repository on disk below the workspace folder. */
export interface Repository {
  /** The URI of a path in it. */
  readonly uri: (path: string) => Uri;
  /** Deletes it. */
  readonly remove: () => Thenable<void>;
}

let count = 0;

/** Writes `files`, texts by path, into a new folder of the workspace. */
export async function writeRepository(files: Readonly<Record<string, string>>): Promise<Repository> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  if (!folder) throw new Error('The tests need an open folder.');
  count += 1;
  const root = Uri.joinPath(folder, `e2e-${process.pid}-${count}`);
  const uri = (path: string) => Uri.joinPath(root, path);
  for (const [path, text] of Object.entries(files)) await workspace.fs.writeFile(uri(path), Buffer.from(text));
  return { uri, remove: () => workspace.fs.delete(root, { recursive: true }) };
}
