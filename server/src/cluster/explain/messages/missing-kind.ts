import type { MessageExplanation } from '../explanation.ts';

export const missingKind: MessageExplanation = {
  title: 'The cluster does not know this kind',
  says: /no matches for kind "|ensure CRDs are installed first|could not find the requested resource|could not find .* Make sure the "[^"]+" CRD is installed/,
  examples: [
    'no matches for kind "ServiceMonitor" in version "monitoring.coreos.com/v1"',
    'resource mapping not found for name: "web" namespace: "shop" from "STDIN": no matches for kind "Certificate" in version "cert-manager.io/v1"',
  ],
  cause:
    'The CustomResourceDefinition is not installed, or not in this version; often it is installed by the same commit, and was not there yet.',
  next: 'Install the operator that brings the definition first: another Kustomization with `dependsOn` (Flux), an earlier sync wave and `SkipDryRunOnMissingResource=true` (Argo CD). When the definition is there, compare the apiVersion with the versions that it serves.',
};
