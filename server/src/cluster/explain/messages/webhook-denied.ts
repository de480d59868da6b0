import type { MessageExplanation } from '../explanation.ts';

export const webhookDenied: MessageExplanation = {
  title: 'An admission webhook or policy refuses it',
  says: /admission webhook "[^"]+" denied the request|ValidatingAdmissionPolicy .* denied request/,
  examples: [
    'admission webhook "validate.kyverno.svc-fail" denied the request: policy Deployment/shop/web for resource violation: require-limits',
    "deployments.apps \"web\" is forbidden: ValidatingAdmissionPolicy 'limits' with binding 'limits' denied request: limits are missing",
  ],
  cause:
    "A policy of the cluster (Kyverno, Gatekeeper, a ValidatingAdmissionPolicy or an operator's own webhook) does not let this object in.",
  next: 'Change the manifest so that it fits the policy: its words follow the colon. If the policy should not count here, its owner has to make an exception.',
};
