/** A Git working tree that the workspace lies in or holds. */
export interface Repository {
  /** Its top folder. */
  readonly root: string;
  /** The addresses of its remotes, as configured. */
  readonly remotes: readonly string[];
  /** The branch that is checked out; undefined when a commit is. */
  readonly branch: string | undefined;
  /** The commit that is checked out, in full; undefined before the first. */
  readonly commit: string | undefined;
}
