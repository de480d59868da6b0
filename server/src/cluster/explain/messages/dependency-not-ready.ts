import type { MessageExplanation } from '../explanation.ts';

export const dependencyNotReady: MessageExplanation = {
  title: 'It waits for another object',
  says: /dependency '[^']+' is not ready|dependencies do not meet ready condition|unable to get '[^']+' dependency/,
  examples: ["dependency 'flux-system/infra' is not ready"],
  cause: '`dependsOn` names an object that is not ready, or not at the same revision yet. Nothing is applied until it is.',
  next: 'Mend that object first. Objects that depend on each other in a circle wait for ever.',
};
