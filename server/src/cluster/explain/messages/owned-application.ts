import type { MessageExplanation } from '../explanation.ts';

export const ownedApplication: MessageExplanation = {
  title: 'Two ApplicationSets make an Application of the same name',
  says: /is already owned by another ApplicationSet controller/,
  examples: ['error while wrapping using MutateFn: Object argocd/web is already owned by another ApplicationSet controller shop'],
  cause:
    'Names of Applications are unique in their namespace. The ApplicationSet that was there first keeps the Application; the other one makes nothing of that name.',
  next: 'Put something of its own into the name that each template gives, such as the name of the ApplicationSet.',
};
