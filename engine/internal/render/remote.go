package render

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"
)

// Clone gives the folder of the host's copy of a Git repository, where kustomize would clone it. The loader of the edited
// kustomize (scripts/kustomize-module.ts) calls it with what its NewRepoSpecFromURL makes of an address.
func (f *files) Clone(address, url, revision string, submodules bool) (string, error) {
	kind := wire.SourceGit
	if !submodules {
		kind = wire.SourceGitAlone
	}
	folder, err := f.Source(wire.Source{Kind: kind, URL: url, Revision: revision})
	if err != nil {
		f.missed(address)
		return "", err
	}
	// kustomize asks an http(s) address for a file before it takes it for a repository.
	f.Found(wire.Source{Kind: wire.SourceFile, URL: address})
	f.unfetched = slices.DeleteFunc(f.unfetched, func(missed string) bool { return missed == address })
	return folder, nil
}

// Get gives the host's copy of what an URL answers. The loader of the edited kustomize calls it where it would ask over HTTP.
func (f *files) Get(url string) ([]byte, error) {
	file, err := f.Source(wire.Source{Kind: wire.SourceFile, URL: url})
	if err != nil {
		f.missed(url)
		return nil, err
	}
	state, err := f.Read(file)
	switch {
	case err != nil:
		return nil, err
	case state.Kind != tree.File:
		return nil, fmt.Errorf("the copy of %s is no file", url)
	default:
		return state.Content, nil
	}
}

// RemoveAll is filesys.FileSystem's: kustomize removes a clone when it is done with it, and the host's copies stay.
func (f *files) RemoveAll(string) error { return nil }

func (f *files) missed(address string) {
	if !slices.Contains(f.unfetched, address) {
		f.unfetched = append(f.unfetched, address)
	}
}

// notFetched says in a sentence what kustomize says in nested failures of every way to read an address; err when nothing was
// missed.
func (f *files) notFetched(err error) error {
	var places []string
	for _, address := range f.unfetched {
		places = append(places, f.named(address))
	}
	switch {
	case len(places) > 0:
		return errors.New("not fetched: " + strings.Join(places, ", "))
	case triedOutside(err):
		return fmt.Errorf("not fetched: %w", err)
	default:
		return err
	}
}

// named tells an address with the kustomization that it is written in: the last read is the innermost.
func (f *files) named(address string) string {
	for _, k := range slices.Backward(f.read) {
		if strings.Contains(string(k.content), address) {
			return fmt.Sprintf("'%s' in %s", address, path.Clean(k.file))
		}
	}
	return fmt.Sprintf("'%s'", address)
}
