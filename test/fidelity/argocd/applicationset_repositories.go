package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/argoproj/argo-cd/v3/applicationset/services"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/reposerver/apiclient"
	"github.com/argoproj/argo-cd/v3/reposerver/cache"
	"github.com/argoproj/argo-cd/v3/reposerver/metrics"
	"github.com/argoproj/argo-cd/v3/reposerver/repository"
	cacheutil "github.com/argoproj/argo-cd/v3/util/cache"
	"github.com/argoproj/argo-cd/v3/util/git"
)

// repositories are folders made into Git repositories, of which the repo-server's own code lists folders and files.
type repositories struct {
	scratch string
	service *repository.Service
	made    map[string]string
}

func newRepositories(scratch string) *repositories {
	memory := cacheutil.NewCache(cacheutil.NewInMemoryCache(time.Hour))
	store := cache.NewCache(memory, time.Hour, time.Hour, time.Minute)
	service := repository.NewService(metrics.NewMetricsServer(), store, repository.RepoServerInitConstants{}, git.NoopCredsStore{}, filepath.Join(scratch, "checkouts"))
	return &repositories{scratch, service, map[string]string{}}
}

// of gives what stands between generators and the repo-server. Whatever the URL, it answers from a folder.
func (r *repositories) of(root string, newGlobbing bool) (services.Repos, error) {
	url, known := r.made[root]
	if root != "" && !known {
		made := filepath.Join(r.scratch, fmt.Sprint(len(r.made)))
		for _, arguments := range [][]string{
			{"init", "--quiet", "--bare", "--initial-branch=main", made},
			{"--git-dir=" + made, "--work-tree=" + root, "-c", "core.bare=false", "add", "--all", "--force", "."},
			{"--git-dir=" + made, "--work-tree=" + root, "-c", "core.bare=false", "-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false", "commit", "--quiet", "--allow-empty", "-m", "x"},
		} {
			command := exec.Command("git", arguments...)
			command.Dir = root
			command.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
			if output, err := command.CombinedOutput(); err != nil {
				return nil, fmt.Errorf("git %v: %w: %s", arguments, err, output)
			}
		}
		url = "file://" + made
		r.made[root] = url
	}
	return &repositoryOf{r.service, &v1alpha1.Repository{Repo: url}, newGlobbing}, nil
}

type repositoryOf struct {
	service     *repository.Service
	repository  *v1alpha1.Repository
	newGlobbing bool
}

// GetFiles is services.Repos's, with the words of its implementation around errors.
func (r *repositoryOf) GetFiles(ctx context.Context, _, _, _, pattern string, noRevisionCache, verifyCommit bool) (map[string][]byte, error) {
	request := &apiclient.GitFilesRequest{Repo: r.repository, Revision: "HEAD", Path: pattern, NewGitFileGlobbingEnabled: r.newGlobbing, NoRevisionCache: noRevisionCache, VerifyCommit: verifyCommit}
	response, err := r.service.GetGitFiles(ctx, request)
	if err != nil {
		return nil, fmt.Errorf("error retrieving Git files: %w", err)
	}
	// A copy, because the repo-server keeps answers by pattern alone, whichever way it matches.
	return response.GetMap(), nil
}

// GetDirectories is services.Repos's.
func (r *repositoryOf) GetDirectories(ctx context.Context, _, _, _ string, noRevisionCache, verifyCommit bool) ([]string, error) {
	request := &apiclient.GitDirectoriesRequest{Repo: r.repository, Revision: "HEAD", NoRevisionCache: noRevisionCache, VerifyCommit: verifyCommit}
	response, err := r.service.GetGitDirectories(ctx, request)
	if err != nil {
		return nil, fmt.Errorf("error retrieving Git Directories: %w", err)
	}
	return response.GetPaths(), nil
}
