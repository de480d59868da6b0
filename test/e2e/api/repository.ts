// Small repositories that a test writes into the open workspace, each in a folder of its own.
import { randomUUID } from 'node:crypto';
import { Uri, workspace } from 'vscode';

/** A repository on disk below the workspace folder. */
export interface Repository {
  /** The URI of a path in it. */
  readonly uri: (path: string) => Uri;
  /** Deletes it. */
  readonly remove: () => Thenable<void>;
}

/** The URI of a file of `samples/`, a copy of which is the open folder and a repository with a remote. */
export function sample(path: string): Uri {
  return Uri.joinPath(openFolder(), path);
}

/** Writes `files`, texts by path, into a new folder of the workspace. */
export async function writeRepository(files: Readonly<Record<string, string>>): Promise<Repository> {
  const root = Uri.joinPath(openFolder(), `e2e-${randomUUID()}`);
  const uri = (path: string) => Uri.joinPath(root, path);
  for (const [path, text] of Object.entries(files)) await workspace.fs.writeFile(uri(path), Buffer.from(text));
  return { uri, remove: () => workspace.fs.delete(root, { recursive: true }) };
}

function openFolder(): Uri {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  if (!folder) throw new Error('The tests need an open folder.');
  return folder;
}
