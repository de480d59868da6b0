package main

import (
	"fmt"
	"slices"
	"strings"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-tools/pkg/crd"
	crdmarkers "sigs.k8s.io/controller-tools/pkg/crd/markers"
	"sigs.k8s.io/controller-tools/pkg/loader"
	"sigs.k8s.io/controller-tools/pkg/markers"

	"golang.org/x/tools/go/packages"
)

// fluxModules are Flux's api modules; go.mod pins the versions that one release of flux2 lists.
var fluxModules = []string{
	"github.com/fluxcd/helm-controller/api",
	"github.com/fluxcd/image-automation-controller/api",
	"github.com/fluxcd/image-reflector-controller/api",
	"github.com/fluxcd/kustomize-controller/api",
	"github.com/fluxcd/notification-controller/api",
	"github.com/fluxcd/source-controller/api",
	"github.com/fluxcd/source-watcher/api/v2",
}

// fluxKinds does what controller-gen's `crd` generator does, in this process and over all modules at once, so that
// the packages that they share are read and type-checked once.
func fluxKinds() ([]Kind, error) {
	registry := &markers.Registry{}
	if err := crdmarkers.Register(registry); err != nil {
		return nil, err
	}
	patterns := make([]string, len(fluxModules))
	for i, module := range fluxModules {
		patterns[i] = module + "/..."
	}
	modules, err := modulesOf(patterns)
	if err != nil {
		return nil, err
	}
	roots, err := loader.LoadRoots(patterns...)
	if err != nil {
		return nil, err
	}
	parser := &crd.Parser{
		Collector: &markers.Collector{Registry: registry},
		Checker:   &loader.TypeChecker{NodeFilters: []loader.NodeFilter{crd.Generator{}.CheckFilter()}},
	}
	crd.AddKnownTypes(parser)
	for _, root := range roots {
		parser.NeedPackage(root)
	}
	metav1 := crd.FindMetav1(roots)
	if metav1 == nil {
		return nil, fmt.Errorf("no custom resources in %s", strings.Join(patterns, ", "))
	}

	var kinds []Kind
	for _, groupKind := range crd.FindKubeKinds(parser, metav1) {
		parser.NeedCRDFor(groupKind, nil)
		module, err := moduleOf(parser, modules, groupKind)
		if err != nil {
			return nil, err
		}
		definition := parser.CustomResourceDefinitions[groupKind]
		kinds = append(kinds, servedKinds(definition, module.Path, module.Version)...)
	}
	// PrintErrors writes them to standard error and says whether there were any.
	if loader.PrintErrors(roots, packages.TypeError) {
		return nil, fmt.Errorf("controller-gen could not read all of Flux's types")
	}
	return kinds, nil
}

// moduleOf finds the module by a package of that group that declares the kind. The loader of controller-tools does
// not ask for modules, so they were listed apart.
func moduleOf(parser *crd.Parser, modules map[string]*packages.Module, groupKind schema.GroupKind) (*packages.Module, error) {
	for pkg, groupVersion := range parser.GroupVersions {
		if groupVersion.Group == groupKind.Group && pkg.Types.Scope().Lookup(groupKind.Kind) != nil {
			if module := modules[pkg.PkgPath]; module != nil {
				return module, nil
			}
		}
	}
	return nil, fmt.Errorf("no module holds %s", groupKind)
}

func modulesOf(patterns []string) (map[string]*packages.Module, error) {
	found, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedModule}, patterns...)
	if err != nil {
		return nil, err
	}
	modules := map[string]*packages.Module{}
	for _, pkg := range found {
		modules[pkg.PkgPath] = pkg.Module
	}
	return modules, nil
}

func servedKinds(definition apiextensions.CustomResourceDefinition, module, moduleVersion string) []Kind {
	var kinds []Kind
	for _, version := range definition.Spec.Versions {
		if !version.Served || version.Schema == nil {
			continue
		}
		kind := Kind{
			Module:     module,
			Version:    moduleVersion,
			Group:      definition.Spec.Group,
			APIVersion: version.Name,
			Kind:       definition.Spec.Names.Kind,
			Plural:     definition.Spec.Names.Plural,
			Namespaced: definition.Spec.Scope == apiextensions.NamespaceScoped,
			Deprecated: version.Deprecated,
			Schema:     version.Schema.OpenAPIV3Schema,
		}
		if version.DeprecationWarning != nil {
			kind.Warning = *version.DeprecationWarning
		}
		kinds = append(kinds, kind)
	}
	slices.SortFunc(kinds, func(a, b Kind) int { return strings.Compare(a.APIVersion, b.APIVersion) })
	return kinds
}
