// The reference: how the real source-controller packs a chart of a Git repository, or of a Helm repository. It is built inside a
// copy of source-controller's own module, because what decides is in internal packages there (test/fidelity/flux-controllers.ts).
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	helmchart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/getter"
	"helm.sh/helm/v4/pkg/registry"
	repo "helm.sh/helm/v4/pkg/repo/v1"

	"github.com/fluxcd/source-controller/internal/helm/chart"
	ociclient "github.com/fluxcd/source-controller/internal/helm/registry"
	"github.com/fluxcd/source-controller/internal/helm/repository"
)

type request struct {
	// Root is the folder of the repository, Chart a path in it, To the package that is made. Without a root, Chart is a package; or, with
	// the address of a Helm repository (http: or oci:), the name of a chart there, and Version what of it is wanted, as semver reads it.
	Root                     string   `json:"root"`
	Repository               string   `json:"repository"`
	Chart                    string   `json:"chart"`
	Version                  string   `json:"version"`
	To                       string   `json:"to"`
	ValuesFiles              []string `json:"valuesFiles"`
	IgnoreMissingValuesFiles bool     `json:"ignoreMissingValuesFiles"`
	// VersionMetadata is what follows the plus sign in the package's version; empty for nothing.
	VersionMetadata string `json:"versionMetadata"`
}

func main() {
	decoder, encoder := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var asked request
		if err := decoder.Decode(&asked); err == io.EOF {
			return
		} else if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		answer := map[string]string{}
		if build, err := pack(asked); err != nil {
			answer["error"] = err.Error()
		} else {
			answer["name"], answer["version"], answer["summary"] = build.Name, build.Version, build.Summary()
		}
		if err := encoder.Encode(answer); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func pack(asked request) (*chart.Build, error) {
	options := chart.BuildOptions{
		ValuesFiles:              asked.ValuesFiles,
		IgnoreMissingValuesFiles: asked.IgnoreMissingValuesFiles,
		VersionMetadata:          asked.VersionMetadata,
	}
	if asked.Repository != "" {
		repository, err := open(asked.Repository)
		if err != nil {
			return nil, err
		}
		reference := chart.RemoteReference{Name: asked.Chart, Version: asked.Version}
		return chart.NewRemoteBuilder(repository).Build(context.Background(), reference, asked.To, options)
	}
	if asked.Root == "" {
		metadata, err := chart.LoadChartMetadataFromArchive(asked.Chart)
		if err != nil {
			return nil, err
		}
		reference := chart.RemoteReference{Name: metadata.Name, Version: metadata.Version}
		return chart.NewRemoteBuilder(onDisk{asked.Chart, metadata, nil}).Build(context.Background(), reference, asked.To, options)
	}
	reference := chart.LocalReference{WorkDir: asked.Root, Path: asked.Chart}
	return chart.NewLocalBuilder(chart.NewDependencyManager()).Build(context.Background(), reference, asked.To, options)
}

// open is as source-controller's HelmChartReconciler opens a repository that asks for no credentials.
func open(address string) (repository.Downloader, error) {
	getters := getter.Getters()
	if !registry.IsOCI(address) {
		return repository.NewChartRepository(address, "", getters, nil, getter.WithURL(address))
	}
	client, err := ociclient.NewClient(nil, nil, true)
	if err != nil {
		return nil, err
	}
	return repository.NewOCIChartRepository(address,
		repository.WithOCIGetter(getters),
		repository.WithOCIGetterOptions([]getter.Option{getter.WithRegistryClient(client), getter.WithPlainHTTP(true)}),
		repository.WithOCIRegistryClient(client),
	)
}

// onDisk is a Helm repository with one package.
type onDisk struct {
	place    string
	metadata *helmchart.Metadata
	repository.Downloader
}

// GetChartVersion is repository.Downloader's.
func (d onDisk) GetChartVersion(string, string) (*repo.ChartVersion, error) {
	return &repo.ChartVersion{Metadata: d.metadata, URLs: []string{d.place}}, nil
}

// DownloadChart is repository.Downloader's.
func (d onDisk) DownloadChart(*repo.ChartVersion) (*bytes.Buffer, error) {
	content, err := os.ReadFile(d.place)
	return bytes.NewBuffer(content), err
}
