import type { MessageExplanation } from '../explanation.ts';

export const immutableField: MessageExplanation = {
  title: 'A field can not be changed once it is set',
  says: /field is immutable|is immutable when|updates to \w+ spec for fields other than|cannot change roleRef|may not change once set/,
  examples: [
    'Deployment.apps "web" is invalid: spec.selector: Invalid value: {"matchLabels":{"app":"new"}}: field is immutable',
    'ConfigMap "fixed" is invalid: data: Forbidden: field is immutable when `immutable` is set',
    "StatefulSet.apps \"db\" is invalid: spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals' are forbidden",
  ],
  cause:
    "Kubernetes lets some fields be set only when an object is made: selectors, a Job's template, a StatefulSet's volume claims, a binding's role, an immutable ConfigMap's data.",
  next: "Undo the change in Git, or let the object be made anew: sync with force (Argo CD `Force=true,Replace=true`), `kustomize.toolkit.fluxcd.io/force: enabled` (Flux), or a new name. What is made anew is away for a moment, and a StatefulSet's or PVC's data may go with it.",
};
