package applicationset

import (
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"

	"drydock/engine/internal/argocd/v1alpha1"
	"drydock/engine/internal/wire"

	"sigs.k8s.io/yaml"
)

// git gives folders or files of a repository, folders where both are asked for.
func (s *set) git(generator *v1alpha1.GitGenerator, at string) ([]params, []failure) {
	if len(generator.Directories)+len(generator.Files) == 0 {
		return nil, fail(at, errors.New("ApplicationSet is empty"))
	}
	root, err := s.workingTree(generator.RepoURL, generator.Revision)
	if err != nil {
		return nil, fail(at+".repoURL", fmt.Errorf("error generating params from git: %w", err))
	}
	if len(generator.Directories) > 0 {
		return s.gitDirectories(generator, root, at)
	}
	return s.gitFiles(generator, root, at)
}

// workingTree is where a repository at a revision lies here. What Git ignores in it is not found from then on.
func (s *set) workingTree(url, revision string) (string, error) {
	root, err := s.repository(url, revision)
	if err != nil {
		return "", err
	}
	if resolved, _, err := s.view.Resolve(root); err == nil {
		s.ignored.In(resolved)
	}
	return root, nil
}

func (s *set) repository(url, revision string) (string, error) {
	for _, one := range s.repositories {
		if repositoryName(one.URL) == repositoryName(url) && (one.Revision == "" || revision == "" || revision == "HEAD" || revision == one.Revision) {
			return one.Root, nil
		}
	}
	if revision == "HEAD" {
		revision = ""
	}
	return s.view.Source(wire.Source{Kind: wire.SourceGit, URL: url, Revision: revision})
}

// repositoryName is what the ways to write a repository's URL have in common, as in github.com/acme/fleet.
func repositoryName(url string) string {
	name := strings.ToLower(strings.TrimSpace(url))
	if _, rest, ok := strings.Cut(name, "://"); ok {
		name = rest
	} else if host, rest, ok := strings.Cut(name, ":"); ok && !strings.Contains(host, "/") {
		name = host + "/" + rest // git@host:path
	}
	host, rest, _ := strings.Cut(name, "/")
	host = host[strings.LastIndex(host, "@")+1:]
	return strings.TrimSuffix(strings.TrimRight(host+"/"+rest, "/"), ".git")
}

func (s *set) gitDirectories(generator *v1alpha1.GitGenerator, root, at string) ([]params, []failure) {
	folders, err := s.folders(root, generator.Directories)
	if err != nil {
		return nil, fail(at, fmt.Errorf("error generating params from git: error getting directories from repo: %w", err))
	}
	found := make([]params, len(folders))
	for i, folder := range folders {
		found[i] = params{}
		s.addPath(found[i], generator.PathParamPrefix, folder, "")
		if err := s.templates.addValues(generator.Values, found[i]); err != nil {
			return nil, fail(fieldOf(err, at+".values"), fmt.Errorf("error generating params from git: error generating params from apps: failed to append templated values: %w", err))
		}
	}
	return found, nil
}

// gitFiles gives an object for each file, or those of a file with an array; a file that can't be read costs no other.
func (s *set) gitFiles(generator *v1alpha1.GitGenerator, root, at string) ([]params, []failure) {
	files, err := s.files(root, generator.Files)
	if err != nil {
		return nil, fail(at+".files", fmt.Errorf("error generating params from git: %w", err))
	}
	var found []params
	var failures []failure
	for _, file := range files {
		ofFile, err := s.fileParams(generator, root, file)
		if err != nil {
			failures = append(failures, failure{fieldOf(err, at), fmt.Errorf("error generating params from git: unable to process file '%s': %w", file, err)})
			continue
		}
		found = append(found, ofFile...)
	}
	return found, failures
}

func (s *set) fileParams(generator *v1alpha1.GitGenerator, root, file string) ([]params, error) {
	content, err := s.view.ReadFile(path.Join(root, file))
	if err != nil {
		return nil, err
	}
	objects := make([]map[string]any, 1)
	if err := yaml.Unmarshal(content, &objects[0]); err != nil {
		objects = nil
		if err := yaml.Unmarshal(content, &objects); err != nil {
			return nil, fmt.Errorf("unable to parse file: %w", err)
		}
	}
	var found []params
	for _, object := range objects {
		one, err := s.structured(object)
		if err != nil {
			return nil, fmt.Errorf("error flattening object: %w", err)
		}
		s.addPath(one, generator.PathParamPrefix, path.Dir(file), path.Base(file))
		if err := s.templates.addValues(generator.Values, one); err != nil {
			return nil, prefixed("failed to append templated values", inField(err, "values"))
		}
		found = append(found, one)
	}
	return found, nil
}

// addPath adds what a folder, and a file in it unless that is empty, are called, below prefix unless that is empty.
func (s *set) addPath(to params, prefix, folder, file string) {
	names := map[string]string{"basename": path.Base(folder), "basenameNormalized": normalize(path.Base(folder))}
	if file != "" {
		names["filename"] = file
		names["filenameNormalized"] = normalize(file)
	}
	segments := strings.Split(folder, "/")
	if s.object.Spec.GoTemplate {
		below := map[string]any{"path": folder, "segments": segments}
		for key, name := range names {
			below[key] = name
		}
		if prefix == "" {
			to["path"] = below
		} else {
			to[prefix] = map[string]any{"path": below}
		}
		return
	}
	key := "path"
	if prefix != "" {
		key = prefix + ".path"
	}
	to[key] = folder
	for name, value := range names {
		to[key+"."+name] = value
	}
	for i, segment := range segments {
		if segment != "" {
			to[key+"["+strconv.Itoa(i)+"]"] = segment
		}
	}
}
