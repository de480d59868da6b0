// The clusters that Argo CD deploys to, as far as a connected cluster tells.

/** What Argo CD knows of a cluster that it deploys to, but for its credentials. */
export interface RegisteredCluster {
  readonly name: string;
  readonly server: string;
  /** Empty for none. */
  readonly project: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** What connected clusters tell of those that an ApplicationSet's Argo CD deploys to. */
export type RegisteredClusters =
  /** No cluster with an Argo CD is connected. */
  | { readonly kind: 'none' }
  /** Why those that are connected don't tell, a sentence. */
  | { readonly kind: 'unknown'; readonly reason: string }
  | {
      readonly kind: 'known';
      /** Where and when they were read, for people: `context east, 20:11:03`. */
      readonly from: string;
      /** Sorted by the names of their Secrets. */
      readonly clusters: readonly RegisteredCluster[];
    };
