import type { Application } from '../../argocd/application.ts';
import type { StateExplanation } from '../explanation.ts';

// As many corrections as happen once in a while are no loop.
const often = 3;

export const driftLoop: StateExplanation = {
  title: 'It is corrected again and again',
  shown: ({ tracked: { object }, events }) => {
    const operation = (object as Application).status?.operationState?.operation as HealingOperation | undefined;
    const attempts = operation?.sync?.autoHealAttemptsCount ?? 0;
    if (attempts >= often) return `Argo CD has healed it ${attempts} times in a row.`;
    const corrected = events.filter(({ reason }) => /^Drift(Detected|Corrected)$/.test(reason)).reduce((sum, { count }) => sum + count, 0);
    return corrected >= often ? `Drift was noted ${corrected} times within the last hour.` : undefined;
  },
  cause:
    'Somebody else changes the same fields: an autoscaler, an operator, a mutating webhook, a second Application or a person; or the API server writes a value in another form than Git does.',
  next: 'Look at the difference between live and rendered. Leave the field to whoever else decides it: take it out of Git, or ignore it (`ignoreDifferences` with `RespectIgnoreDifferences=true`, `driftDetection.ignore`).',
};

/** `operation.sync` of an operation that Argo CD began to heal (argo-cd v3.2 SyncOperation). */
interface HealingOperation {
  readonly sync?: { readonly autoHealAttemptsCount?: number };
}
