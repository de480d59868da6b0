package helmrelease

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"drydock/engine/internal/values"
	"drydock/engine/internal/wire"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"helm.sh/helm/v4/pkg/strvals"
	"sigs.k8s.io/yaml"
)

// valuesOf merges what spec.valuesFrom refers to with spec.values, as github.com/fluxcd/pkg/chartutil v1.27.2
// (ChartValuesFromReferences) does: in order, inline values last, and over them what has a targetPath.
//
// What is encrypted with SOPS and stands at no targetPath can't be merged: it is left out, with a warning.
//
// text is that of the object.
func valuesOf(text string, o *object, known sources, reader *values.Reader) (map[string]any, error) {
	inline, err := reader.Read(values.Text{
		Rank: values.Inline, Content: o.Spec.Values,
		Parse: func(content []byte) (map[string]any, error) {
			var parsed map[string]any
			// The API server has seen to it that this is a map; helm-controller ignores what is not.
			_ = yaml.Unmarshal(content, &parsed)
			return parsed, nil
		},
		Spots: func() []values.Spot {
			return values.Field(values.Document([]byte(text), inObject), "spec", "values")
		},
	})
	if err != nil {
		return nil, err
	}
	merged := map[string]any{}
	asked := map[string]bool{}
	for _, reference := range o.Spec.ValuesFrom {
		if reference.ValuesKey == "" {
			reference.ValuesKey = chartutil.ValuesfileName
		}
		content, from, err := known.find(o.Metadata.Namespace, reference, asked)
		if err != nil && reference.Optional && errors.Is(err, errNotThere) {
			slog.Info(err.Error())
			continue
		}
		if err != nil {
			return nil, err
		}
		if reference.TargetPath != "" {
			merged = loader.MergeMaps(merged, inline) // values at a path are over the inline ones
			put := func() error { return putAt(merged, reference, content) }
			if err := reader.Set(merged, func() wire.ValueOrigin { return from.lines(reference.ValuesKey)(1) }, put); err != nil {
				return nil, unresolved(o.Metadata.Namespace, reference, err)
			}
			continue
		}
		if isEncrypted(content) {
			slog.Warn("encrypted values are left out", "kind", reference.Kind, "name", reference.Name, "key", reference.ValuesKey)
			continue
		}
		read, err := reader.Read(values.Text{
			Rank: values.Laid, Content: []byte(content),
			Parse: func(content []byte) (map[string]any, error) { return common.ReadValues(content) },
			Spots: func() []values.Spot { return values.Document([]byte(content), from.lines(reference.ValuesKey)) },
		})
		if err != nil {
			return nil, unresolved(o.Metadata.Namespace, reference, err)
		}
		merged = loader.MergeMaps(merged, read)
	}
	return loader.MergeMaps(merged, inline), nil
}

// inObject gives the lines of the HelmRelease.
func inObject(line int) wire.ValueOrigin {
	return wire.ValueOrigin{Kind: wire.OriginObject, Line: line}
}

// isEncrypted recognises what SOPS puts in place of a value.
func isEncrypted(content string) bool { return strings.HasPrefix(content, "ENC[") }

// literal takes the meaning from the characters that mean something in the value of Helm's --set.
var literal = strings.NewReplacer(`\`, `\\`, `,`, `\,`, `[`, `\[`, `]`, `\]`, `{`, `\{`, `}`, `\}`)

// putAt puts a single value at the reference's path, in the way of Helm's --set, or --set-string for what is quoted.
func putAt(values map[string]any, reference valuesReference, content string) error {
	path := reference.TargetPath
	if reference.Literal {
		return strvals.ParseIntoString(path+"="+literal.Replace(content), values)
	}
	for _, quote := range []string{"'", `"`} {
		if strings.HasPrefix(content, quote) && strings.HasSuffix(content, quote) {
			return strvals.ParseIntoString(path+"="+strings.Trim(content, `'"`), values)
		}
	}
	return strvals.ParseInto(path+"="+content, values)
}

// unresolved is a reference's error in Flux's words.
func unresolved(namespace string, reference valuesReference, why error) error {
	optional := ""
	if reference.Optional {
		optional = " optional"
	}
	return fmt.Errorf("could not resolve%s %s chart values reference '%s/%s' with key '%s': %w",
		optional, reference.Kind, namespace, reference.Name, reference.ValuesKey, why)
}
