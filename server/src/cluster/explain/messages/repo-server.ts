import type { MessageExplanation } from '../explanation.ts';

export const repoServer: MessageExplanation = {
  title: 'Argo CD can not reach its repo-server',
  says: /repo-server.*(?:connection refused|no such host)|dial tcp [^ ]+:8081|error while dialing|code = Unavailable|code = DeadlineExceeded/i,
  examples: [
    'Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp 10.0.0.7:8081: connect: connection refused"',
  ],
  cause:
    'The program that renders for Argo CD does not run, is overloaded, or needs longer for this source than it is given (`controller.repo.server.timeout.seconds`).',
  next: 'Look at the pods and logs of `argocd-repo-server`. When large repositories or charts are the reason, give it more replicas, memory or time.',
};
