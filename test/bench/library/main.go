// Command library renders with kustomize's and Helm's libraries in one process, as a program would that calls them and knows
// nothing else: each time it reads everything from disk and does everything anew. It is the limit that the engine is measured
// against. Each line of standard input is a Round; each is answered by a line with the milliseconds that it took.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"helm.sh/helm/v4/pkg/chart/common"
	commonutil "helm.sh/helm/v4/pkg/chart/common/util"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"helm.sh/helm/v4/pkg/engine"
	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// Round is what is rendered, one after another.
type Round struct {
	// Kustomizations are folders.
	Kustomizations []string `json:"kustomizations"`
	// Charts are folders; each is rendered with its own values.
	Charts []string `json:"charts"`
}

// garbageShare is the engine's own setting of the collector (engine/memory.go), so that it makes no difference.
const garbageShare = 400

func main() {
	debug.SetGCPercent(garbageShare)
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		began := time.Now()
		if err := run(in.Bytes()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Println(float64(time.Since(began).Microseconds()) / 1000)
	}
}

func run(line []byte) error {
	var round Round
	if err := json.Unmarshal(line, &round); err != nil {
		return err
	}
	for _, folder := range round.Kustomizations {
		if err := kustomize(folder); err != nil {
			return fmt.Errorf("%s: %w", folder, err)
		}
	}
	for _, folder := range round.Charts {
		if err := template(folder); err != nil {
			return fmt.Errorf("%s: %w", folder, err)
		}
	}
	return nil
}

func kustomize(folder string) error {
	resources, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(filesys.MakeFsOnDisk(), folder)
	if err != nil {
		return err
	}
	_, err = resources.AsYaml()
	return err
}

func template(folder string) error {
	chart, err := loader.Load(folder)
	if err != nil {
		return err
	}
	values := map[string]any{}
	if err := chartutil.ProcessDependencies(chart, values); err != nil {
		return err
	}
	capabilities := common.DefaultCapabilities.Copy()
	about := common.ReleaseOptions{Name: "bench", Namespace: "bench", Revision: 1, IsInstall: true}
	toRender, err := commonutil.ToRenderValues(chart, values, about, capabilities)
	if err != nil {
		return err
	}
	files, err := engine.Engine{}.Render(chart, toRender)
	if err != nil {
		return err
	}
	for name := range files {
		if len(name) > 9 && name[len(name)-9:] == "NOTES.txt" {
			delete(files, name)
		}
	}
	_, _, err = releaseutil.SortManifests(files, nil, releaseutil.InstallOrder)
	return err
}
