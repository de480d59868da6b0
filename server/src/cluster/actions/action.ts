// What an action on a cluster tells while it goes on, and how it ends.
import type { ObjectName } from '../tree/row.ts';

/** Takes what goes on now, in one line. */
export type Progress = (message: string) => void;

/** How an action ended. */
export interface Result {
  readonly succeeded: boolean;
  /** In the controller's own words. */
  readonly message: string;
  /** The resources that it failed at. */
  readonly failures: readonly (ObjectName & { readonly message: string })[];
}

/** Why something was not even begun, or could not be followed, in a sentence for people. */
export class ActionRefused extends Error {}
