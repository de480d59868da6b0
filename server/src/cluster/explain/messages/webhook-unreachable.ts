import type { MessageExplanation } from '../explanation.ts';

export const webhookUnreachable: MessageExplanation = {
  title: 'An admission webhook does not answer',
  says: /failed calling webhook/,
  examples: [
    'Internal error occurred: failed calling webhook "webhook.cert-manager.io": failed to call webhook: Post "https://cert-manager-webhook.cert-manager.svc:443/mutate?timeout=30s": no endpoints available for service "cert-manager-webhook"',
  ],
  cause:
    'The API server has to ask a webhook before it takes such an object, and the program behind that webhook is not running, not reachable, or its certificate is not trusted.',
  next: 'Look at the pods behind the service that the message names. When both come from Git, let the object depend on the operator that brings the webhook (`dependsOn`, or a later sync wave).',
};
