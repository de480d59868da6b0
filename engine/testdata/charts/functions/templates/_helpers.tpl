{{- define "functions.name" -}}{{ .Chart.Name | trunc 63 }}{{- end }}
{{- define "functions.twice" }}{{ include "functions.name" . }}{{ include "functions.name" . }}{{ end }}
