import type { MessageExplanation } from '../explanation.ts';

export const forbidden: MessageExplanation = {
  title: 'A service account may not do it (RBAC)',
  says: /is forbidden: User "[^"]+" cannot|cannot (?:get|list|watch|create|update|patch|delete) resource|is forbidden: .* attempting to grant RBAC permissions/,
  examples: [
    'deployments.apps is forbidden: User "system:serviceaccount:apps:deployer" cannot create resource "deployments" in API group "apps" in the namespace "shop"',
  ],
  cause:
    "The account with which the controller works has no role that allows this. With Flux that is `spec.serviceAccountName` of the object, with Argo CD the account of the destination's cluster, or a `destinationServiceAccounts` of the project.",
  next: 'Add a Role (or ClusterRole) with the verb, resource and API group of the message, and bind it to the account that the message names; or let the object use another account.',
};
