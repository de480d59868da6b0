// What an Application was synced to last.
import type { Application, ApplicationSource } from './application.ts';

/** Sources, each at the commit or version that was synced. */
export interface LastSync {
  readonly sources: readonly ApplicationSource[];
  /** Whether the Application has `spec.sources`, and not `spec.source`. */
  readonly several: boolean;
}

/**
 * What the last sync that succeeded was of: the newest entry of `status.history`, which has one for every sync of all resources, rollbacks
 * too (Argo CD v3.2.11, controller/sync.go); without a history (`spec.revisionHistoryLimit: 0`) the last operation. undefined when there was
 * none, as far as the Application tells.
 */
export function lastSyncOf({ status }: Application): LastSync | undefined {
  const { history = [], operationState: operation } = status ?? {};
  const isWhole = operation?.phase === 'Succeeded' && !isPartial(operation.operation);
  const last = history.at(-1) ?? (isWhole ? operation.syncResult : undefined);
  if (!last) return undefined;
  const at = (source: ApplicationSource, revision: string | undefined): ApplicationSource => ({
    ...source,
    ...(revision ? { targetRevision: revision } : {}),
  });
  if (last.sources && last.sources.length > 0)
    return { several: true, sources: last.sources.map((source, index) => at(source, last.revisions?.[index])) };
  return last.source && last.source.repoURL !== '' ? { several: false, sources: [at(last.source, last.revision)] } : undefined;
}

function isPartial(operation: unknown): boolean {
  const { sync } = (operation ?? {}) as { readonly sync?: { readonly resources?: readonly unknown[]; readonly dryRun?: boolean } };
  return sync?.dryRun === true || (sync?.resources ?? []).length > 0;
}
