import type { Uri } from 'vscode';
import { closeEverything } from './editing.ts';
import { type Repository, writeRepository } from './repository.ts';

/** The repository that a test works on. */
export interface UsedRepository {
  /** The URI of a path in it. */
  uri(path: string): Uri;
}

/** Writes `files` anew before each test of the enclosing `describe`; after it, editors are closed and the files deleted. */
export function useRepository(files: Readonly<Record<string, string>>): UsedRepository {
  let repository: Repository | undefined;
  beforeEach(async () => {
    repository = await writeRepository(files);
  });
  afterEach(async () => {
    await closeEverything();
    await repository?.remove();
  });
  return {
    uri(path) {
      if (!repository) throw new Error('The repository is written before each test.');
      return repository.uri(path);
    },
  };
}
