// One row of the tree of clusters, and the name it is found by.
import type { Health, ManagedResource, ObjectState, Sync } from '../object-state.ts';

/** What a row is of; its JSON is the row's id. */
export type RowKey =
  | { readonly row: 'context'; readonly context: string }
  | { readonly row: 'argocd' | 'flux'; readonly context: string }
  /** Applications of a project, or Flux's objects under one heading. */
  | { readonly row: 'project' | 'heading'; readonly context: string; readonly name: string }
  /** An object of a watched kind. */
  | ({ readonly row: 'object'; readonly context: string } & ObjectName)
  /** Something that an object has put into the cluster. */
  | ({ readonly row: 'resource'; readonly context: string; readonly owner: ObjectName } & ObjectName)
  /** A sentence: why there is nothing, for example. */
  | { readonly row: 'message'; readonly context: string; readonly text: string };

/** What names an object in a cluster. */
export interface ObjectName {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** A row of the tree. */
export interface Row {
  readonly key: RowKey;
  readonly label: string;
  /** Dimmed text beside the label. */
  readonly description: string;
  readonly health: Health | undefined;
  readonly sync: Sync | undefined;
  readonly state: ObjectState | undefined;
  readonly resource: ManagedResource | undefined;
  /** How many objects in it or below it a person should look at. */
  readonly problems: number;
  readonly expandable: boolean;
}
