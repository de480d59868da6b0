import { type JsonObject, isObject } from './json.ts';

/** A resource with the marks that Helm makes on all that belongs to a release (Helm v4.2.4, pkg/action/validate.go). */
export function withHelmMarks(resource: JsonObject, release: string, namespace: string): JsonObject {
  const metadata = isObject(resource['metadata']) ? resource['metadata'] : {};
  const labels = isObject(metadata['labels']) ? metadata['labels'] : {};
  const annotations = isObject(metadata['annotations']) ? metadata['annotations'] : {};
  return {
    ...resource,
    metadata: {
      ...metadata,
      labels: { ...labels, 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: { ...annotations, 'meta.helm.sh/release-name': release, 'meta.helm.sh/release-namespace': namespace },
    },
  };
}
