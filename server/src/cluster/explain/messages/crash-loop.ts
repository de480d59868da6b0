import type { MessageExplanation } from '../explanation.ts';

export const crashLoop: MessageExplanation = {
  title: 'A container ends again and again',
  says: /CrashLoopBackOff|Back-off restarting failed container/,
  examples: ['CrashLoopBackOff: back-off 5m0s restarting failed container=web pod=web-5d8_shop'],
  cause:
    'The program starts and ends: a wrong argument, a missing setting or Secret, a database that does not answer, too little memory (OOMKilled), or a liveness probe that is too strict.',
  next: 'Read the logs of the pod, also those of the container before (`kubectl logs --previous`), and the exit code in its status.',
};
