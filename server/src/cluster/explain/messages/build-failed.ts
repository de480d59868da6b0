import type { MessageExplanation } from '../explanation.ts';

export const buildFailed: MessageExplanation = {
  title: 'The manifests can not be rendered',
  says: /kustomize build failed|failed to generate manifest|Manifest generation error|helm template .* failed|error (?:validating|converting) (?:data|YAML)|error unmarshaling JSON|cannot load template|execution error at/i,
  examples: [
    "kustomize build failed: accumulating resources: accumulation err='accumulating resources from 'deployment.yaml': open deployment.yaml: no such file'",
    'Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = Manifest generation error (cached)',
  ],
  cause: 'kustomize, Helm or a plugin does not accept what is in the repository.',
  next: "Open the overlay here: Drydock's preview shows the same error at its place. A message that says `cached` comes from an earlier try: a hard refresh renders anew.",
};
