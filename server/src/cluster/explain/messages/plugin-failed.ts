import type { MessageExplanation } from '../explanation.ts';

export const pluginFailed: MessageExplanation = {
  title: 'A config management plugin does not work',
  says: /(?:could not|couldn't) find (?:cmp-server )?plugin|plugin sidecar failed|no plugin .* found|error generating manifests in cmp/i,
  examples: [
    'rpc error: code = Unknown desc = couldn\'t find cmp-server plugin with name "avp" supporting the given repository',
    'plugin sidecar failed. error generating manifests in cmp: rpc error: code = Unknown desc = error generating manifests: exit status 1',
  ],
  cause: 'The source is rendered by a plugin beside the repo-server that is not installed, does not recognise the source, or has failed.',
  next: "Check the plugin's name and discovery rule, and read the log of its container in the pod of `argocd-repo-server`.",
};
