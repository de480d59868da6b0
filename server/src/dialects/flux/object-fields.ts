// The fields in which Flux objects name other objects (kustomize-controller API v1.9.5, helm-controller v1.6.4, source-controller v1.9.0,
// source-watcher v1beta1, image-reflector-controller v1.2.5, image-automation-controller v1.2.5, notification-controller v1.9.4).
import { sourceGroup } from './source-folder.ts';

/** The API group of Flux Kustomizations. */
export const kustomizationGroup = 'kustomize.toolkit.fluxcd.io';
/** The API group of HelmReleases. */
export const helmReleaseGroup = 'helm.toolkit.fluxcd.io';
const extensionsGroup = 'source.extensions.fluxcd.io';
const imageGroup = 'image.toolkit.fluxcd.io';
const notificationGroup = 'notification.toolkit.fluxcd.io';

/** A field that names an object by the keys `name` and, as far as the kind has them, `namespace`, `kind` and `apiVersion`. */
export interface ObjectField {
  /** Keys from the document's root; `[]` ends that of a list, each of whose items names one. */
  readonly at: string;
  /** The kind that is meant; undefined where the field has a `kind` of its own. */
  readonly kind: string | undefined;
}

const names = (at: string): ObjectField => ({ at, kind: undefined });
const secrets = (...fields: readonly string[]): ObjectField[] => fields.map((at) => ({ at, kind: 'Secret' }));

/** The fields by the group and kind of the object that has them: `group/Kind`. */
const fieldsByKind: ReadonlyMap<string, readonly ObjectField[]> = new Map([
  [
    `${kustomizationGroup}/Kustomization`,
    [
      { at: 'spec.dependsOn[]', kind: 'Kustomization' },
      names('spec.sourceRef'),
      names('spec.postBuild.substituteFrom[]'),
      names('spec.healthChecks[]'),
      ...secrets('spec.decryption.secretRef', 'spec.kubeConfig.secretRef'),
    ],
  ],
  [
    `${helmReleaseGroup}/HelmRelease`,
    [
      { at: 'spec.dependsOn[]', kind: 'HelmRelease' },
      names('spec.chart.spec.sourceRef'),
      names('spec.chartRef'),
      names('spec.valuesFrom[]'),
      ...secrets('spec.kubeConfig.secretRef'),
    ],
  ],
  [
    `${sourceGroup}/GitRepository`,
    [
      { at: 'spec.include[].repository', kind: 'GitRepository' },
      ...secrets('spec.secretRef', 'spec.proxySecretRef', 'spec.verify.secretRef'),
    ],
  ],
  [`${sourceGroup}/OCIRepository`, secrets('spec.secretRef', 'spec.certSecretRef', 'spec.proxySecretRef', 'spec.verify.secretRef')],
  [`${sourceGroup}/HelmRepository`, secrets('spec.secretRef', 'spec.certSecretRef')],
  [`${sourceGroup}/HelmChart`, [names('spec.sourceRef'), ...secrets('spec.verify.secretRef')]],
  [`${sourceGroup}/Bucket`, secrets('spec.secretRef', 'spec.certSecretRef', 'spec.proxySecretRef', 'spec.sts.secretRef')],
  [`${sourceGroup}/ExternalArtifact`, [names('spec.sourceRef')]],
  [`${extensionsGroup}/ArtifactGenerator`, [names('spec.sources[]')]],
  [`${imageGroup}/ImagePolicy`, [{ at: 'spec.imageRepositoryRef', kind: 'ImageRepository' }]],
  [`${imageGroup}/ImageRepository`, secrets('spec.secretRef', 'spec.certSecretRef', 'spec.proxySecretRef')],
  [`${imageGroup}/ImageUpdateAutomation`, [names('spec.sourceRef')]],
  [`${notificationGroup}/Alert`, [{ at: 'spec.providerRef', kind: 'Provider' }, names('spec.eventSources[]')]],
  [`${notificationGroup}/Provider`, secrets('spec.secretRef', 'spec.certSecretRef', 'spec.proxySecretRef')],
  [`${notificationGroup}/Receiver`, [names('spec.resources[]'), ...secrets('spec.secretRef')]],
]);

// What a field's `kind` means where no `apiVersion` stands beside it.
const groupByKind: ReadonlyMap<string, string> = new Map([
  ['ConfigMap', ''],
  ['Secret', ''],
  ['Kustomization', kustomizationGroup],
  ['HelmRelease', helmReleaseGroup],
  ...['GitRepository', 'OCIRepository', 'HelmRepository', 'HelmChart', 'Bucket', 'ExternalArtifact'].map(
    (kind) => [kind, sourceGroup] as const,
  ),
  ['ArtifactGenerator', extensionsGroup],
  ...['ImagePolicy', 'ImageRepository', 'ImageUpdateAutomation'].map((kind) => [kind, imageGroup] as const),
  ...['Alert', 'Provider', 'Receiver'].map((kind) => [kind, notificationGroup] as const),
]);

/** The fields of a kind that name objects; none for kinds that are not Flux's. */
export function objectFields(group: string, kind: string): readonly ObjectField[] {
  return fieldsByKind.get(`${group}/${kind}`) ?? [];
}

/** The API group of a kind that a field of a Flux object names alone; undefined for kinds that Flux does not know. */
export function groupOfKind(kind: string): string | undefined {
  return groupByKind.get(kind);
}
