// kustomize's module as the engine is built with it: what lies elsewhere is asked of the file system that a build is given,
// where that knows (engine/internal/render/remote.go), instead of being fetched.
import type { EditedModule } from './edited-module.ts';

/** kustomize's module. */
export const kustomizeModule: EditedModule = {
  name: 'kustomize',
  module: 'sigs.k8s.io/kustomize/api',
  files: /(?<!_test)\.go$/,
  removed: [],
  edits: [
    {
      file: 'internal/loader/fileloader.go',
      from: /\terr := cloner\(repoSpec\)\n/g,
      to: `	var err error
	if copies, ok := fSys.(interface {
		Clone(address, url, revision string, submodules bool) (string, error)
	}); ok {
		var dir string
		dir, err = copies.Clone(repoSpec.Raw(), repoSpec.CloneSpec(), repoSpec.Ref, repoSpec.Submodules)
		repoSpec.Dir = filesys.ConfirmedDir(dir)
	} else {
		err = cloner(repoSpec)
	}
`,
    },
    {
      file: 'internal/loader/fileloader.go',
      from: /(func \(fl \*FileLoader\) httpClientGetContent\(path string\) \(\[\]byte, error\) {\n)/g,
      to: `$1	if copies, ok := fl.fSys.(interface{ Get(url string) ([]byte, error) }); ok {
		return copies.Get(path)
	}
`,
    },
  ],
  script: 'scripts/kustomize-module.ts',
  editsFrom: () => Promise.resolve([]),
};
