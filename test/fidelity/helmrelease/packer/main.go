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
	repo "helm.sh/helm/v4/pkg/repo/v1"

	"github.com/fluxcd/source-controller/internal/helm/chart"
	"github.com/fluxcd/source-controller/internal/helm/repository"
)

type request struct {
	// Root is the folder of the repository, Chart a path in it, To the package that is made. Without a root, Chart is a package.
	Root                     string   `json:"root"`
	Chart                    string   `json:"chart"`
	To                       string   `json:"to"`
	ValuesFiles              []string `json:"valuesFiles"`
	IgnoreMissingValuesFiles bool     `json:"ignoreMissingValuesFiles"`
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
		if err := pack(asked); err != nil {
			answer["error"] = err.Error()
		}
		if err := encoder.Encode(answer); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func pack(asked request) error {
	options := chart.BuildOptions{ValuesFiles: asked.ValuesFiles, IgnoreMissingValuesFiles: asked.IgnoreMissingValuesFiles}
	if asked.Root == "" {
		metadata, err := chart.LoadChartMetadataFromArchive(asked.Chart)
		if err != nil {
			return err
		}
		reference := chart.RemoteReference{Name: metadata.Name, Version: metadata.Version}
		_, err = chart.NewRemoteBuilder(onDisk{asked.Chart, metadata, nil}).Build(context.Background(), reference, asked.To, options)
		return err
	}
	reference := chart.LocalReference{WorkDir: asked.Root, Path: asked.Chart}
	_, err := chart.NewLocalBuilder(chart.NewDependencyManager()).Build(context.Background(), reference, asked.To, options)
	return err
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
