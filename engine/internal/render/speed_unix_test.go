//go:build unix

package render_test

import (
	"fmt"
	"path"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"drydock/engine/internal/render"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"

	"sigs.k8s.io/kustomize/api/types"
)

// overlay is a base of Deployments and Services, each in a file, and an overlay that changes all of them and patches some.
func overlay(resources, patches int) map[string]string {
	files := map[string]string{}
	var names, entries strings.Builder
	for i := range resources {
		name := fmt.Sprintf("resource-%d.yaml", i)
		fmt.Fprintf(&names, "- %s\n", name)
		if i%2 == 0 {
			files["/base/"+name] = fmt.Sprintf(deploymentFile, i)
		} else {
			files["/base/"+name] = fmt.Sprintf("apiVersion: v1\nkind: Service\nmetadata:\n  name: app-%d\nspec:\n  selector: {app: app-%d}\n  ports: [{port: 80}]\n", i, i-1)
		}
	}
	for i := range patches {
		name := fmt.Sprintf("patch-%d.yaml", i)
		fmt.Fprintf(&entries, "- path: %s\n", name)
		files["/overlay/"+name] = patchOf(i, 0)
	}
	files["/base/kustomization.yaml"] = "resources:\n" + names.String()
	files["/overlay/kustomization.yaml"] = "resources: [../base]\nnamespace: bench\nnamePrefix: my-\nlabels: [{pairs: {team: bench}, includeSelectors: true}]\n" +
		"images: [{name: app, newTag: \"2\"}]\nconfigMapGenerator: [{name: settings, literals: [A=1]}]\npatches:\n" + entries.String()
	return files
}

const deploymentFile = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-%[1]d
spec:
  replicas: 1
  selector:
    matchLabels: {app: app-%[1]d}
  template:
    metadata:
      labels: {app: app-%[1]d}
    spec:
      containers:
        - name: app
          image: app:1
          ports: [{containerPort: 8080}]
          envFrom: [{configMapRef: {name: settings}}]
          resources: {requests: {cpu: 100m, memory: 64Mi}}
`

func patchOf(index, replicas int) string {
	return fmt.Sprintf("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app-%d}\nspec: {replicas: %d}\n", 2*index, replicas)
}

// An edit of one file, and the rendering that follows.
func benchmarkEdit(b *testing.B, resources, patches int) {
	files := overlay(resources, patches)
	store := repository(files)
	edited := path.Join("/overlay", "patch-0.yaml")
	render := func(round int) {
		store.Tell("", map[string]*tree.State{edited: {Kind: tree.File, Content: []byte(patchOf(0, round))}})
		view := store.NewView()
		defer view.Close()
		if _, err := render.Build(view, wire.Build{Directory: "/overlay", LoadRestrictor: types.LoadRestrictionsRootOnly.String()}); err != nil {
			b.Fatal(err)
		}
	}
	render(0)
	before := cpuTime()
	for round := 0; b.Loop(); round++ {
		render(round)
	}
	b.ReportMetric(float64((cpuTime()-before).Microseconds())/1000/float64(b.N), "cpu-ms/op")
}

// cpuTime is what this process has used: on a busy machine, it says more than the clock.
func cpuTime() time.Duration {
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func BenchmarkEditSmall(b *testing.B)  { benchmarkEdit(b, 4, 1) }
func BenchmarkEditMiddle(b *testing.B) { benchmarkEdit(b, 30, 5) }
func BenchmarkEditLarge(b *testing.B)  { benchmarkEdit(b, 500, 20) }

// 100 overlays of a base in which a file was edited, two at a time.
func BenchmarkEditOverlays(b *testing.B) {
	const count, width = 100, 2
	files := overlay(10, 2)
	for name, content := range overlay(10, 2) {
		for i := range count {
			if file, ok := strings.CutPrefix(name, "/overlay/"); ok {
				files[fmt.Sprintf("/overlay-%d/%s", i, file)] = strings.ReplaceAll(content, "namespace: bench", fmt.Sprintf("namespace: bench-%d", i))
			}
		}
	}
	store := repository(files)
	const edited = "/base/resource-0.yaml"
	render := func(round int) {
		content := strings.Replace(files[edited], "app:1", fmt.Sprintf("app:%d", round), 1)
		store.Tell("", map[string]*tree.State{edited: {Kind: tree.File, Content: []byte(content)}})
		var all sync.WaitGroup
		slots := make(chan struct{}, width)
		for i := range count {
			slots <- struct{}{}
			all.Go(func() {
				defer func() { <-slots }()
				view := store.NewView()
				defer view.Close()
				if _, err := render.Build(view, wire.Build{Directory: fmt.Sprintf("/overlay-%d", i), LoadRestrictor: types.LoadRestrictionsRootOnly.String()}); err != nil {
					b.Error(err)
				}
			})
		}
		all.Wait()
	}
	render(0)
	before := cpuTime()
	for round := 1; b.Loop(); round++ {
		render(round)
	}
	b.ReportMetric(float64((cpuTime()-before).Microseconds())/1000/float64(b.N), "cpu-ms/op")
}
