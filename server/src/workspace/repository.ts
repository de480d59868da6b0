/** A Git working tree that the workspace lies in or holds. */
export interface Repository {
  /** Its top folder. */
  readonly root: string;
  /** The addresses of its remotes, as configured. */
  readonly remotes: readonly string[];
}
