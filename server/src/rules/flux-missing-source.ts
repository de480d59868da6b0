import type { Rule } from './rule.ts';
import { missingObject } from './missing-object.ts';

const sourceGroups = ['source.toolkit.fluxcd.io', 'source.extensions.fluxcd.io'];

/** A source of a Flux object that is nowhere. */
export const fluxMissingSource: Rule = {
  id: 'flux/missing-source',
  severity: 'warning',
  summary: 'A Flux object takes what it applies from a source that is nowhere in the workspace.',
  why: 'The controller reports that the source is not found and applies nothing until it is there. Another repository may bring it, hence a warning; the source that `flux bootstrap` makes, named as its namespace, is not asked for.',
  example: `
-- clusters/dev/apps.yaml --
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  sourceRef:
    kind: GitRepository
    name: flux-system
-- clusters/dev/parts.yaml --
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: parts
  namespace: flux-system
spec:
  sourceRef:
    kind: ExternalArtifact
    name: part
    #     ^^^^ warning[flux/missing-source]: ExternalArtifact "part" is nowhere in this workspace. Did you mean "parts"?
-- clusters/dev/artifacts.yaml --
apiVersion: source.extensions.fluxcd.io/v1beta1
kind: ArtifactGenerator
metadata:
  name: parts
  namespace: flux-system
spec:
  artifacts:
    - name: parts
-- apps/shop.yaml --
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: shop
  namespace: shop
spec:
  chart:
    spec:
      chart: shop
      sourceRef:
        kind: HelmRepository
        name: acme
        #     ^^^^ warning[flux/missing-source]: HelmRepository "acme" is in namespace "flux-system", not in "shop". Name it: \`namespace: flux-system\`.
-- apps/acme.yaml --
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: acme
  namespace: flux-system
`,
  check: (view, file) => {
    const sources = view.graph
      .referencesFrom(file)
      .filter(
        ({ field, target }) =>
          /\.(sourceRef|chartRef)\.name$/.test(field) && target.kind === 'object' && sourceGroups.includes(target.group),
      );
    return sources.flatMap((reference) => missingObject(view, file, reference));
  },
};
