import type { MessageExplanation } from '../explanation.ts';

export const artifactsNotTaken: MessageExplanation = {
  title: 'Its controller takes no ExternalArtifacts',
  says: /ExternalArtifact feature gate is disabled/,
  examples: ["can't access 'ExternalArtifact/flux-system/apps', ExternalArtifact feature gate is disabled"],
  cause: 'What it delivers from is an ExternalArtifact, and the controller was started without the feature gate for those.',
  next: 'Start kustomize-controller and helm-controller with `--feature-gates=ExternalArtifact=true`. What makes the artifact, source-watcher, is needed too.',
};
