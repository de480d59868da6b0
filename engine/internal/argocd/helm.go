package argocd

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"drydock/engine/internal/argocd/v1alpha1"
	"drydock/engine/internal/helm"
	"drydock/engine/internal/wire"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/version"
	"sigs.k8s.io/yaml"
)

// helm renders a chart with the options of the source, as the repo-server's helmTemplate does (reposerver/repository/repository.go,
// util/helm/cmd.go, v3.2.11). passCredentials has no meaning here: nothing is fetched.
func (w *work) helm() ([]*unstructured.Unstructured, error) {
	request, err := w.template()
	if err != nil {
		return nil, err
	}
	if _, err := w.view.ReadFile(path.Join(w.folder, "Chart.yaml")); err != nil {
		return nil, fmt.Errorf("error getting helm repos: error retrieving helm dependency repos: error reading helm chart from %s: %w",
			path.Join(w.folder, "Chart.yaml"), err)
	}
	rendered, err := helm.Template(w.view, request)
	w.warnings = append(w.warnings, rendered.Warnings...)
	if err != nil {
		return nil, inValues(err)
	}
	objects, err := split(rendered.YAML)
	w.follow.templated(objects, rendered)
	return objects, err
}

// inValues says where the values are that Helm has from its standard input.
func inValues(err error) error {
	if reason, ok := strings.CutPrefix(err.Error(), "failed to parse -:"); ok {
		return fmt.Errorf("failed to parse the source's values:%s", reason)
	}
	return err
}

// template gives what Helm is asked for.
func (w *work) template() (wire.Template, error) {
	options := w.source.Helm
	if options == nil {
		options = &v1alpha1.ApplicationSourceHelm{}
	}
	if options.Version != "" && options.Version != "v3" {
		return wire.Template{}, fmt.Errorf("error initializing helm app object: failed to create new helm command: helm chart version '%s' is not supported", options.Version)
	}
	kubeVersion, err := withoutSuffix(w.kubeVersion())
	if err != nil {
		return wire.Template{}, err
	}
	valueFiles, err := w.valueFiles(options)
	if err != nil {
		return wire.Template{}, fmt.Errorf("error resolving helm value files: %w", err)
	}
	w.laidOver = append(w.laidOver, valueFiles...)
	values, err := valuesYAML(options)
	if err != nil {
		return wire.Template{}, err
	}
	setFile, err := w.fileParameters(options)
	if err != nil {
		return wire.Template{}, err
	}
	set, setString := w.parameters(options)
	return wire.Template{
		Chart:                w.folder,
		Release:              w.releaseName(options),
		Namespace:            w.helmNamespace(),
		ValueFiles:           valueFiles,
		Values:               values,
		Set:                  set,
		SetString:            setString,
		SetFile:              setFile,
		IncludeCRDs:          !options.SkipCrds,
		SkipTests:            options.SkipTests,
		SkipSchemaValidation: options.SkipSchemaValidation,
		KubeVersion:          kubeVersion,
		APIVersions:          w.apiVersions(),
		Trace:                w.follow != nil,
	}, nil
}

// withoutSuffix gives the numbers of a cluster's version, for Helm does not take all that vendors add to them.
func withoutSuffix(kubeVersion string) (string, error) {
	if kubeVersion == "" {
		return "", nil
	}
	parsed, err := version.ParseGeneric(kubeVersion)
	if err != nil {
		return "", fmt.Errorf("could not parse kubernetes version %s: %w", kubeVersion, err)
	}
	return parsed.String(), nil
}

// releaseName is the Application's name without its namespace, unless the source gives another.
func (w *work) releaseName(options *v1alpha1.ApplicationSourceHelm) string {
	if options.ReleaseName != "" {
		return options.ReleaseName
	}
	if _, name, ok := strings.Cut(w.instance, "_"); ok {
		return name
	}
	return w.instance
}

// helmNamespace is where the chart is rendered for; helm's command line takes `default` where none is given.
func (w *work) helmNamespace() string {
	switch {
	case w.source.Helm != nil && w.source.Helm.Namespace != "":
		return w.source.Helm.Namespace
	case w.app.Spec.Destination.Namespace != "":
		return w.app.Spec.Destination.Namespace
	default:
		return "default"
	}
}

// valuesYAML gives the values that stand in the source: valuesObject before values (values.go, ValuesYAML).
func valuesYAML(options *v1alpha1.ApplicationSourceHelm) (string, error) {
	if options.ValuesObject == nil || options.ValuesObject.Raw == nil {
		return options.Values, nil
	}
	text, err := yaml.JSONToYAML(options.ValuesObject.Raw)
	return string(text), err
}

// parameters gives the values of --set and --set-string. Argo CD gives them to Helm in no certain order, which matters where one lies
// within another; here they are in order of their names.
func (w *work) parameters(options *v1alpha1.ApplicationSourceHelm) (set, setString []string) {
	return w.assignments(options, counting(options, false)), w.assignments(options, counting(options, true))
}

// counting gives the indices of the parameters that count, in order of their names: of several of a name the last.
func counting(options *v1alpha1.ApplicationSourceHelm, forceString bool) []int {
	last := map[string]int{}
	for i, parameter := range options.Parameters {
		if parameter.ForceString == forceString {
			last[parameter.Name] = i
		}
	}
	var all []int
	for _, name := range slices.Sorted(maps.Keys(last)) {
		all = append(all, last[name])
	}
	return all
}

func (w *work) assignments(options *v1alpha1.ApplicationSourceHelm, parameters []int) []string {
	var all []string
	for _, i := range parameters {
		parameter := options.Parameters[i]
		all = append(all, parameter.Name+"="+withEscapedCommas(w.environment.substitute(parameter.Value)))
	}
	return all
}

// withEscapedCommas keeps a comma in a value from ending it, unless the value is a list in braces (util/helm/cmd.go,
// cleanSetParameters).
func withEscapedCommas(value string) string {
	if strings.HasPrefix(value, "{") && strings.HasSuffix(value, "}") {
		return value
	}
	var escaped strings.Builder
	var before rune
	for _, char := range value {
		if char == ',' && before != '\\' {
			escaped.WriteRune('\\')
		}
		escaped.WriteRune(char)
		before = char
	}
	return escaped.String()
}
