// Flux's and Argo CD's kinds, as the Go program in upstream/ prints them.
import { refTo, type JsonSchema } from '../server/src/schemas/json-schema.ts';
import type { KindEntry, Project } from '../server/src/schemas/pool-format.ts';
import { objectMeta, type Described } from './kubernetes.ts';
import { fromOpenApi, type OpenApiSchema } from './openapi.ts';
import { resource } from './resource.ts';
import { share } from './share.ts';

/** A served version of a custom resource; upstream/main.go says what the fields are. */
export interface CustomResource {
  readonly module: string;
  readonly version: string;
  readonly group: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly deprecated: boolean;
  readonly warning: string;
  readonly schema: OpenApiSchema;
}

/**
 * Describes the custom resources of one project in one pool file.
 *
 * @param project Names the file, too.
 * @param release The project's own version, which may differ from its modules'.
 */
export function customResources(resources: readonly CustomResource[], project: Project & ('flux' | 'argocd'), release: string): Described {
  const roots = new Map<string, JsonSchema>();
  const kinds: KindEntry[] = [];
  const versionsOfKind = new Set<string>();
  for (const { group, apiVersion, kind, schema, deprecated, warning } of resources) {
    const name = `${group}/${kind}`;
    const root = resource(fromOpenApi(schema, unreferenced), `${group}/${apiVersion}`, kind);
    root.properties = {
      ...root.properties,
      metadata: { $ref: refTo(objectMeta), description: "The object's name, namespace, labels and annotations." },
    };
    const definition = `${project}:${kind}${versionsOfKind.has(name) ? apiVersion : ''}`;
    versionsOfKind.add(name);
    roots.set(definition, root);
    kinds.push({
      apiVersion: `${group}/${apiVersion}`,
      kind,
      project,
      definition,
      version: release,
      url: pages.get(name) ?? fallbackPages[project],
      ...(deprecated && { deprecation: warning || `${group}/${apiVersion} is deprecated.` }),
    });
  }
  return { kinds, definitions: share(roots, project) };
}

function unreferenced(ref: string): never {
  throw new Error(`a custom resource definition refers to ${ref}; they are expected to be self-contained`);
}

const fallbackPages = { flux: 'https://fluxcd.io/flux/components/', argocd: 'https://argo-cd.readthedocs.io/en/stable/' };

const pages: ReadonlyMap<string, string> = new Map([
  ['kustomize.toolkit.fluxcd.io/Kustomization', 'https://fluxcd.io/flux/components/kustomize/kustomizations/'],
  ['source.toolkit.fluxcd.io/GitRepository', 'https://fluxcd.io/flux/components/source/gitrepositories/'],
  ['source.toolkit.fluxcd.io/OCIRepository', 'https://fluxcd.io/flux/components/source/ocirepositories/'],
  ['source.toolkit.fluxcd.io/HelmRepository', 'https://fluxcd.io/flux/components/source/helmrepositories/'],
  ['source.toolkit.fluxcd.io/HelmChart', 'https://fluxcd.io/flux/components/source/helmcharts/'],
  ['source.toolkit.fluxcd.io/Bucket', 'https://fluxcd.io/flux/components/source/buckets/'],
  ['source.toolkit.fluxcd.io/ExternalArtifact', 'https://fluxcd.io/flux/components/source/externalartifacts/'],
  ['source.extensions.fluxcd.io/ArtifactGenerator', 'https://fluxcd.io/flux/components/source/artifactgenerators/'],
  ['helm.toolkit.fluxcd.io/HelmRelease', 'https://fluxcd.io/flux/components/helm/helmreleases/'],
  ['notification.toolkit.fluxcd.io/Alert', 'https://fluxcd.io/flux/components/notification/alerts/'],
  ['notification.toolkit.fluxcd.io/Provider', 'https://fluxcd.io/flux/components/notification/providers/'],
  ['notification.toolkit.fluxcd.io/Receiver', 'https://fluxcd.io/flux/components/notification/receivers/'],
  ['image.toolkit.fluxcd.io/ImageRepository', 'https://fluxcd.io/flux/components/image/imagerepositories/'],
  ['image.toolkit.fluxcd.io/ImagePolicy', 'https://fluxcd.io/flux/components/image/imagepolicies/'],
  ['image.toolkit.fluxcd.io/ImageUpdateAutomation', 'https://fluxcd.io/flux/components/image/imageupdateautomations/'],
  ['argoproj.io/Application', 'https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/'],
  ['argoproj.io/ApplicationSet', 'https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/applicationset-specification/'],
  ['argoproj.io/AppProject', 'https://argo-cd.readthedocs.io/en/stable/operator-manual/project-specification/'],
]);
