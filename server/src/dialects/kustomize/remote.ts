/**
 * Whether kustomize would fetch what a path field names instead of reading it: an address with a scheme, a Git address
 * in scp form, a host that it knows by name, or a query that only addresses have (kustomize api v0.21.2,
 * `internal/git.NewRepoSpecFromURL`, `internal/loader.IsRemoteFile`). Decides what is shown before a render; the render
 * itself asks kustomize.
 */
export function isRemote(text: string): boolean {
  return /^(?:git::|[a-z][a-z0-9+.-]*:\/\/|gh:|(?:www\.)?github\.com[:/]|[\w.-]+@[\w.-]+[:/])|[?&](?:ref|version)=|\.git(?:\/|$)/i.test(
    text,
  );
}
