import type { StateExplanation } from '../explanation.ts';

export const suspended: StateExplanation = {
  title: 'It is suspended',
  shown: ({ tracked: { name, state } }) => (state.suspended ? `\`spec.suspend\` of ${name.kind} ${name.name} is true.` : undefined),
  cause:
    'Somebody has told the controller to leave it as it is, by hand or in Git. A request to reconcile is noted and nothing is applied.',
  next: 'Resume it here or with `flux resume`. When Git says `suspend: true`, change it there, or it is suspended again.',
};
