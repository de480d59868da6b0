import type { MessageExplanation } from '../explanation.ts';

export const missingArtifact: MessageExplanation = {
  title: 'The artifact that it delivers from was not made',
  says: /ExternalArtifact\.source\.toolkit\.fluxcd\.io "[^"]+" not found|no controller has looked at this ArtifactGenerator|no ArtifactGenerator of the namespace makes it/,
  examples: ['ExternalArtifact.source.toolkit.fluxcd.io "apps" not found', 'no controller has looked at this ArtifactGenerator'],
  cause:
    'source-watcher puts artifacts together as an ArtifactGenerator says. It does not run, or that ArtifactGenerator fails, or is not there.',
  next: 'Look at the ArtifactGenerator: its own conditions say why. If no controller has looked at it, install source-watcher: `flux bootstrap` and `flux install` do with `--components-extra=source-watcher`.',
};
