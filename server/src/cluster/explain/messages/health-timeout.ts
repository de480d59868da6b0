import type { MessageExplanation } from '../explanation.ts';

export const healthTimeout: MessageExplanation = {
  title: 'What was applied does not become healthy in time',
  says: /exceeded its progress deadline|ProgressDeadlineExceeded|health check failed after|timeout waiting for: \[|resources? not ready|context deadline exceeded/i,
  examples: [
    "health check failed after 30s: timeout waiting for: [Deployment/shop/web status: 'InProgress']",
    'Deployment "web" exceeded its progress deadline',
    'Helm install failed for release shop/web with chart web@1.0.0: resource Deployment/shop/web not ready. status: InProgress, message: Available: 0/1 context deadline exceeded',
  ],
  cause:
    'The manifests were applied, but pods do not start or do not pass their readiness probe: an image that can not be pulled, a crash, no room on the nodes, a probe at the wrong port.',
  next: 'Look at the events and logs of the workload that the message names. If it only needs longer, raise `spec.timeout` (Flux) or `progressDeadlineSeconds` (Deployment).',
};
