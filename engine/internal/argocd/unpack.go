package argocd

import (
	"bytes"
	"fmt"
	"path"

	"drydock/engine/internal/tree"

	"helm.sh/helm/v4/pkg/chart/loader/archive"
)

// unpack lets the render find the files of a chart's package in a folder beside it, and gives that folder: Argo CD unpacks charts
// and renders folders.
func unpack(view *tree.View, place string) (string, error) {
	content, err := view.ReadFile(place)
	if err != nil {
		return "", err
	}
	files, err := archive.LoadArchiveFiles(bytes.NewReader(content))
	if err != nil {
		return "", fmt.Errorf("unpacking %s: %w", place, err)
	}
	folder := place + ".unpacked"
	view.Unpacked(folder, place)
	for _, file := range files {
		view.Put(path.Join(folder, path.Clean("/"+file.Name)), file.Data)
	}
	return folder, nil
}
