import type { MessageExplanation } from '../explanation.ts';

export const unschedulable: MessageExplanation = {
  title: 'No node can take a pod',
  says: /\d+\/\d+ nodes are available|FailedScheduling|no nodes available to schedule pods|Insufficient (?:cpu|memory)/,
  examples: [
    '0/3 nodes are available: 3 Insufficient memory. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.',
  ],
  cause:
    'Requests are larger than what any node has left, or a node selector, an affinity, a taint or an unbound volume rules out all nodes.',
  next: 'Lower the requests in Git, add nodes, or mend the selector, toleration or volume claim that the message names.',
};
