{{- define "traced.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "traced.labels" -}}
app.kubernetes.io/name: {{ include "traced.name" . }}
{{ include "traced.selector" . }}
{{- end }}

{{- define "traced.selector" -}}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
