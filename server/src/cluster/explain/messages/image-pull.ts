import type { MessageExplanation } from '../explanation.ts';

export const imagePull: MessageExplanation = {
  title: 'An image can not be pulled',
  says: /ErrImagePull|ImagePullBackOff|Failed to pull image|Back-off pulling image|InvalidImageName/,
  examples: ['Back-off pulling image "ghcr.io/acme/web:1.2.4": ErrImagePull: manifest unknown'],
  cause: 'The tag does not exist, its name is mistyped, or the registry wants credentials that the pod does not have.',
  next: 'Check the name and the tag in Git and in the registry. For a private registry, name a Secret in `imagePullSecrets` of the pod or of its service account.',
};
