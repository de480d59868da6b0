/** A kind as manifests name it. */
export interface KindName {
  /** Group and version, or for the core group the version alone: `apps/v1`, `v1`. */
  readonly apiVersion: string;
  readonly kind: string;
}

/** The API group of an `apiVersion`; empty for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}
