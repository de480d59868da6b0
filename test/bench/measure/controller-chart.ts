// A chart of the size of an ingress controller's: 25 templates, helpers that call each other, some 400 lines of values.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Writes the chart; gives its folder, and the file of its values. */
export async function writeChart(folder: string): Promise<{ readonly chart: string; readonly values: string }> {
  const chart = path.join(folder, 'gate');
  const values = path.join(chart, 'values.yaml');
  const files: Readonly<Record<string, string>> = {
    'Chart.yaml': 'apiVersion: v2\nname: gate\nversion: 1.2.3\nappVersion: 4.5.6\n',
    'values.yaml': chartValues(1),
    'templates/_helpers.tpl': helpers,
    'templates/NOTES.txt': 'Installed {{ include "gate.fullname" . }}.\n',
    ...Object.fromEntries(parts.flatMap((part) => Object.entries(templatesOf(part)))),
    'templates/webhook.yaml': webhook,
  };
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(chart, name)), { recursive: true });
    await writeFile(path.join(chart, name), content);
  }
  return { chart, values };
}

/** What the chart installs; each part has its own templates and values. */
const parts = ['controller', 'backend', 'metrics'] as const;

/** The values file, of which a version tells one edit from the next. */
export function chartValues(version: number): string {
  return `global: {registry: registry.example.org, version: "v${version}"}\n${parts.map(valuesOf).join('')}`;
}

const numbered = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('');

const valuesOf = (part: string): string => `
# What belongs to the ${part}.
${part}:
  enabled: true
  replicas: 2
  image:
    repository: gate/${part}
    pullPolicy: IfNotPresent
  labels:
${numbered(10, (index) => `    example.org/label-${index}: "${part}-${index}"\n`)}  annotations:
${numbered(10, (index) => `    example.org/annotation-${index}: '{{ .Release.Name }}-${index}'\n`)}  config:
${numbered(40, (index) => `    option-${index}: "${index * 7}"\n`)}  env:
${numbered(15, (index) => `    - name: VARIABLE_${index}\n      value: "${index}"\n`)}  ports:
    http: 80
    https: 443
    metrics: 10254
  resources:
    requests:
      cpu: 100m
      memory: 90Mi
    limits:
      memory: 200Mi
  nodeSelector:
    kubernetes.io/os: linux
  tolerations:
    - key: gate
      operator: Exists
  affinity:
    podAntiAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 100
          podAffinityTerm:
            topologyKey: kubernetes.io/hostname
  autoscaling:
    enabled: true
    minReplicas: 2
    maxReplicas: 11
    targetCPU: 50
  disruption:
    minAvailable: 1
`;

const helpers = `{{- define "gate.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- define "gate.fullname" -}}
{{- $name := include "gate.name" . -}}
{{- if contains $name .Release.Name -}}{{ .Release.Name | trunc 63 }}{{- else -}}{{ printf "%s-%s" .Release.Name $name | trunc 63 }}{{- end -}}
{{- end -}}
{{- define "gate.selector" -}}
app.kubernetes.io/name: {{ include "gate.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
{{- define "gate.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{ include "gate.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}
{{- define "gate.metadata" -}}
name: {{ include "gate.fullname" .root }}-{{ .name }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "gate.labels" .root | nindent 2 }}
  app.kubernetes.io/component: {{ .name }}
  {{- with .part.labels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
annotations:
  {{- range $key, $value := .part.annotations }}
  {{ $key }}: {{ tpl $value $.root | quote }}
  {{- end }}
{{- end -}}
{{- define "gate.pod" -}}
metadata:
  labels:
    {{- include "gate.selector" .root | nindent 4 }}
    app.kubernetes.io/component: {{ .name }}
  annotations:
    checksum/config: {{ toJson .part.config | sha256sum }}
spec:
  serviceAccountName: {{ include "gate.fullname" .root }}-{{ .name }}
  containers:
    - name: {{ .name }}
      image: "{{ .root.Values.global.registry }}/{{ .part.image.repository }}:{{ .root.Values.global.version | default .root.Chart.AppVersion }}"
      imagePullPolicy: {{ .part.image.pullPolicy }}
      args:
        {{- range $key, $value := .part.config }}
        - --{{ $key }}={{ $value }}
        {{- end }}
      env:
        {{- toYaml .part.env | nindent 8 }}
      ports:
        {{- range $name, $port := .part.ports }}
        - {name: {{ $name }}, containerPort: {{ $port | int }}}
        {{- end }}
      resources:
        {{- toYaml .part.resources | nindent 8 }}
  nodeSelector: {{- toYaml .part.nodeSelector | nindent 4 }}
  tolerations: {{- toYaml .part.tolerations | nindent 4 }}
  affinity: {{- toYaml .part.affinity | nindent 4 }}
{{- end -}}
`;

function templatesOf(part: string): Record<string, string> {
  const scope = `(dict "root" . "name" "${part}" "part" .Values.${part})`;
  const object = (apiVersion: string, kind: string, body: string): string => `{{- if .Values.${part}.enabled }}
apiVersion: ${apiVersion}
kind: ${kind}
metadata:
  {{- include "gate.metadata" ${scope} | nindent 2 }}
${body}{{- end }}
`;
  const full = `{{ include "gate.fullname" . }}-${part}`;
  const selector = `{{- include "gate.selector" . | nindent 6 }}\n      app.kubernetes.io/component: ${part}`;
  return {
    [`templates/${part}/deployment.yaml`]: object(
      'apps/v1',
      'Deployment',
      `spec:\n  replicas: {{ .Values.${part}.replicas }}\n  selector:\n    matchLabels:\n      ${selector}\n  template:\n    {{- include "gate.pod" ${scope} | nindent 4 }}\n`,
    ),
    [`templates/${part}/service.yaml`]: object(
      'v1',
      'Service',
      `spec:\n  ports:\n  {{- range $name, $port := .Values.${part}.ports }}\n    - {name: {{ $name }}, port: {{ $port | int }}, targetPort: {{ $name }}}\n  {{- end }}\n  selector:\n      ${selector}\n`,
    ),
    [`templates/${part}/configmap.yaml`]: object('v1', 'ConfigMap', `data:\n  {{- toYaml .Values.${part}.config | nindent 2 }}\n`),
    [`templates/${part}/service-account.yaml`]: object('v1', 'ServiceAccount', 'automountServiceAccountToken: true\n'),
    [`templates/${part}/cluster-role.yaml`]: object(
      'rbac.authorization.k8s.io/v1',
      'ClusterRole',
      'rules:\n{{- range tuple "pods" "secrets" "services" "endpoints" "configmaps" }}\n  - {apiGroups: [""], resources: [{{ . }}], verbs: [get, list, watch]}\n{{- end }}\n',
    ),
    [`templates/${part}/cluster-role-binding.yaml`]: object(
      'rbac.authorization.k8s.io/v1',
      'ClusterRoleBinding',
      `roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${full}}\nsubjects: [{kind: ServiceAccount, name: ${full}, namespace: {{ .Release.Namespace }}}]\n`,
    ),
    [`templates/${part}/autoscaler.yaml`]: object(
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      `spec:\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${full}}\n  minReplicas: {{ .Values.${part}.autoscaling.minReplicas }}\n  maxReplicas: {{ .Values.${part}.autoscaling.maxReplicas }}\n`,
    ),
    [`templates/${part}/disruption-budget.yaml`]: object(
      'policy/v1',
      'PodDisruptionBudget',
      `spec:\n  minAvailable: {{ .Values.${part}.disruption.minAvailable }}\n  selector:\n    matchLabels:\n      ${selector}\n`,
    ),
  };
}

const webhook = `{{- $name := include "gate.fullname" . -}}
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata:
  name: {{ $name }}
  labels: {{- include "gate.labels" . | nindent 4 }}
webhooks:
{{- range $path := list "ingresses" "services" "secrets" }}
  - name: {{ $path }}.{{ $name }}.example.org
    admissionReviewVersions: [v1]
    sideEffects: None
    clientConfig: {service: {name: {{ $name }}-controller, namespace: {{ $.Release.Namespace }}, path: /{{ $path }}}}
{{- end }}
`;
