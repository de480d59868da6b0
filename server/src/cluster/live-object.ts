// An object as a cluster's API gives it.

/** What every object of the API has. */
export interface LiveObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly spec?: unknown;
  readonly status?: unknown;
}

/** `meta/v1.ObjectMeta`, as far as it is read. */
export interface ObjectMeta {
  readonly name: string;
  /** Absent for what no namespace holds. */
  readonly namespace?: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly generation?: number;
  readonly creationTimestamp: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly { readonly kind: string; readonly name: string; readonly apiVersion: string; readonly uid: string }[];
}

/** `meta/v1.Condition`. */
export interface Condition {
  readonly type: string;
  /** `True`, `False` or `Unknown`; Argo CD's Applications have none. */
  readonly status?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

/** What tells an object from all others of its kind. */
export function keyOf({ metadata }: Pick<LiveObject, 'metadata'>): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

/** The object without what only the API server reads and what is written twice; thousands of them are kept. */
export function withoutBallast<Kind extends LiveObject>(object: Kind): Kind {
  const { managedFields: _, ...metadata } = object.metadata as ObjectMeta & { readonly managedFields?: unknown };
  const { [lastApplied]: __, ...annotations } = metadata.annotations ?? {};
  return { ...object, metadata: metadata.annotations ? { ...metadata, annotations } : metadata };
}

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
