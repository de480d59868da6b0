// What is asked of Argo CD's sync windows, and the answer. The engine's side is engine/internal/wire/syncwindows.go.

/** Do the sync windows of an AppProject let an Application be synced? */
export interface SyncWindowsRequest {
  readonly windows: readonly SyncWindow[];
  /** Name of the Application. */
  readonly application: string;
  readonly destination: { readonly name?: string; readonly server?: string; readonly namespace?: string };
  /** RFC 3339. */
  readonly now: string;
}

/** One of an AppProject's `spec.syncWindows`. */
export interface SyncWindow {
  readonly kind?: string;
  readonly schedule?: string;
  readonly duration?: string;
  readonly applications?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly clusters?: readonly string[];
  readonly manualSync?: boolean;
  readonly andOperator?: boolean;
  /** Of the window's time zone from UTC now; seconds. */
  readonly offset: number;
}

/** The details of the answer. The request fails where Argo CD refuses every sync because it can't read a window. */
export interface WindowState {
  /** Whether a person may sync. */
  readonly manual: boolean;
  /** Whether Argo CD may sync by itself. */
  readonly automated: boolean;
  /** The windows, numbered from 0, that keep Argo CD from syncing by itself. */
  readonly blocking: readonly number[];
}
