import type { MessageExplanation } from '../explanation.ts';

export const projectForbids: MessageExplanation = {
  title: 'The project does not allow it',
  says: /is not permitted in project|do not match any of the allowed destinations|not allowed in project/,
  examples: [
    "application destination server 'https://prod' and namespace 'shop' do not match any of the allowed destinations in project 'team'",
    'resource rbac.authorization.k8s.io:ClusterRole is not permitted in project team',
    "application repo https://github.com/acme/x is not permitted in project 'team'",
  ],
  cause: 'The AppProject lists which repositories, destinations and kinds its Applications may use, and this one is not among them.',
  next: 'Add it to `sourceRepos`, `destinations`, `clusterResourceWhitelist` or `namespaceResourceWhitelist` of the AppProject, or move the Application to another project.',
};
