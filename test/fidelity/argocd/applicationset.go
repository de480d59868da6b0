package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	_ "unsafe" // for go:linkname

	"github.com/argoproj/argo-cd/v3/applicationset/controllers"
	"github.com/argoproj/argo-cd/v3/applicationset/controllers/template"
	"github.com/argoproj/argo-cd/v3/applicationset/generators"
	"github.com/argoproj/argo-cd/v3/applicationset/utils"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/argo"
	"github.com/argoproj/argo-cd/v3/util/db"
	"github.com/argoproj/argo-cd/v3/util/settings"
	"github.com/sirupsen/logrus"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"sigs.k8s.io/yaml"
)

// controllerNamespace is where Argo CD runs.
const controllerNamespace = "argocd"

// setCase is an ApplicationSet, and all that its controller would find.
type setCase struct {
	Object             string `json:"object"`
	Root               string `json:"root"`
	Fixture            string `json:"fixture"`
	NewGitFileGlobbing bool   `json:"newGitFileGlobbing"`
}

// setResult is what the controller makes of it.
type setResult struct {
	Applications []setApplication `json:"applications"`
	// Error is why the controller does nothing.
	Error string `json:"error"`
}

type setApplication struct {
	Application v1alpha1.Application `json:"application"`
	Params      map[string]any       `json:"params"`
	Step        int                  `json:"step"`
	Error       string               `json:"error"`
}

// The controller's own methods, which it keeps to itself.

//go:linkname validateGeneratedApplications github.com/argoproj/argo-cd/v3/applicationset/controllers.(*ApplicationSetReconciler).validateGeneratedApplications
func validateGeneratedApplications(*controllers.ApplicationSetReconciler, context.Context, []v1alpha1.Application, v1alpha1.ApplicationSet) (map[string]error, error)

//go:linkname buildAppDependencyList github.com/argoproj/argo-cd/v3/applicationset/controllers.(*ApplicationSetReconciler).buildAppDependencyList
func buildAppDependencyList(*controllers.ApplicationSetReconciler, *logrus.Entry, v1alpha1.ApplicationSet, []v1alpha1.Application) ([][]string, map[string]int)

// recorder renders, and notes the parameters of what could be rendered.
type recorder struct {
	utils.Render
	params []map[string]any
}

func (r *recorder) RenderTemplateParams(tmpl *v1alpha1.Application, policy *v1alpha1.ApplicationSetSyncPolicy, params map[string]any, useGoTemplate bool, options []string) (*v1alpha1.Application, error) {
	application, err := r.Render.RenderTemplateParams(tmpl, policy, params, useGoTemplate, options)
	if err == nil {
		r.params = append(r.params, params)
		application = application.DeepCopy() // without parameters it is the template itself
	}
	return application, err
}

// applicationSets generates the Applications of each ApplicationSet of a list.
func applicationSets(input []byte) (any, error) {
	var cases []setCase
	if err := json.Unmarshal(input, &cases); err != nil {
		return nil, err
	}
	scratch, err := os.MkdirTemp("", "argocd-oracle-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(scratch)
	repos := newRepositories(scratch)
	results := []setResult{}
	for _, one := range cases {
		result, err := generateSet(repos, one)
		if err != nil {
			return nil, fmt.Errorf("%s\n%w", one.Object, err)
		}
		results = append(results, result)
	}
	return results, nil
}

func generateSet(repos *repositories, given setCase) (result setResult, err error) {
	defer func() {
		if cause := recover(); cause != nil { // as the controller's Reconcile does
			result, err = setResult{Applications: []setApplication{}, Error: fmt.Sprint(cause)}, nil
		}
	}()
	result.Applications = []setApplication{}
	var set v1alpha1.ApplicationSet
	object, err := yaml.YAMLToJSON([]byte(given.Object)) // as kubectl sends it
	if err != nil {
		return result, err
	}
	if err := utiljson.Unmarshal(object, &set); err != nil {
		return setResult{Applications: result.Applications, Error: err.Error()}, nil
	}
	var fixture setFixture
	if err := yaml.UnmarshalStrict([]byte(given.Fixture), &fixture); err != nil {
		return result, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	world, err := newWorld(fixture)
	if err != nil {
		return result, err
	}
	defer world.close()
	service, err := repos.of(given.Root, given.NewGitFileGlobbing)
	if err != nil {
		return result, err
	}
	kinds := generators.GetGenerators(ctx, world.client, world.clientset, controllerNamespace, service, world.dynamic, scmConfig)
	answerFrom(kinds, world)
	render := &recorder{}
	applications, _, err := template.GenerateApplications(logrus.NewEntry(logrus.StandardLogger()), set, kinds, render, world.client)
	if err != nil {
		result.Error = err.Error()
	}
	reconciler := &controllers.ApplicationSetReconciler{
		Client:          world.client,
		ArgoDB:          db.NewDB(controllerNamespace, settings.NewSettingsManager(ctx, world.clientset, controllerNamespace), world.clientset),
		ArgoCDNamespace: controllerNamespace,
	}
	invalid, err := validateGeneratedApplications(reconciler, ctx, applications, set)
	if err != nil {
		return result, err
	}
	_, steps := buildAppDependencyList(reconciler, logrus.NewEntry(logrus.StandardLogger()), set, applications)
	for i, application := range applications {
		application.Spec = *argo.NormalizeApplicationSpec(&application.Spec)
		told := setApplication{Application: application}
		if len(render.params) == len(applications) {
			told.Params = render.params[i]
		}
		if step, ok := steps[application.Name]; ok {
			told.Step = step + 1
		}
		if err := invalid[application.QualifiedName()]; err != nil {
			told.Error = err.Error()
		}
		result.Applications = append(result.Applications, told)
	}
	return result, nil
}
