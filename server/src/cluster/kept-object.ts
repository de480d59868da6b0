import { type LiveObject, withoutBallast } from './live-object.ts';

/**
 * What is kept of an object that is watched: thousands of them are. Of an Application's and an ApplicationSet's status that is not what
 * is written twice (results of the last sync, resource by resource), what was before, and what only a look at the object itself asks for.
 */
export function keptObject<Kind extends LiveObject>(object: Kind): Kind {
  const kept = withoutBallast(object);
  switch (kept.kind) {
    case 'Application':
      return { ...kept, status: applicationStatus(kept.status ?? {}) };
    case 'ApplicationSet': {
      const { resources: _, applicationStatus: __, ...status } = (kept.status ?? {}) as Record<string, unknown>;
      return { ...kept, status };
    }
    default:
      return kept;
  }
}

interface ApplicationStatus {
  readonly history?: unknown;
  readonly summary?: unknown;
  readonly sync?: { readonly comparedTo?: unknown };
  readonly operationState?: { readonly syncResult?: unknown; readonly operation?: unknown };
}

function applicationStatus({ history: _, summary: __, sync, operationState, ...rest }: ApplicationStatus): object {
  const { comparedTo: ___, ...compared } = sync ?? {};
  const { syncResult: ____, operation: _____, ...operation } = operationState ?? {};
  return { ...rest, ...(sync ? { sync: compared } : {}), ...(operationState ? { operationState: operation } : {}) };
}
