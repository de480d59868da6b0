/**
 * Whether kustomize would fetch what a path field names instead of reading it: an address with a scheme that it knows, a
 * host that it knows by name, or a Git address with a user and enough of a path (kustomize api v0.21.2,
 * `internal/git.NewRepoSpecFromURL`, `internal/loader.IsRemoteFile`). Decides what is shown before a render; the render
 * itself asks kustomize.
 */
export function isRemote(text: string): boolean {
  return /^(?:git::)?(?:(?:https?|ssh|file):\/\/|(?:[a-z][a-z0-9-]*@)?github\.com[:/]|[a-z][a-z0-9-]*@[^/:]+[/:](?:[^/]+\/[^/]|.*\.git))/i.test(
    text,
  );
}
