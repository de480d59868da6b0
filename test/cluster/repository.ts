// A repository as small as a controller's life allows: an overlay and a chart.

/** Its files, by path. */
export const repository = {
  'base/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: app}\ndata: {version: "1"}\n',
  'base/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [config.yaml]\n',
  'overlays/dev/kustomization.yaml':
    'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamePrefix: dev-\nresources: [../../base]\n',
  'chart/Chart.yaml': 'apiVersion: v2\nname: demo\nversion: 0.1.0\n',
  'chart/values.yaml': 'message: hello\n',
  'chart/templates/config.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "{{ .Release.Name }}-chart"}\ndata: {message: "{{ .Values.message }}"}\n',
} as const;

/** `base/config.yaml` with another version. */
export function configOf(version: string): string {
  return repository['base/config.yaml'].replace('"1"', JSON.stringify(version));
}
