// What is asked of the health of live objects, and the answer. The engine's side is engine/internal/wire/health.go.

/** How do live objects stand, in the terms of the tool that manages them? The WebAssembly engine does not know. */
export interface HealthRequest {
  readonly tool: 'argocd' | 'flux';
  /** As the API server gives them. */
  readonly objects: readonly object[];
}

/** The details of the answer are one for each object, in their order. */
export interface HealthState {
  /** Argo CD's word, empty where it does not judge; or kstatus'. */
  readonly status: string;
  readonly message: string;
}
