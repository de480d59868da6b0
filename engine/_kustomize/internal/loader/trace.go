package loader

import "sigs.k8s.io/kustomize/kyaml/filesys"

// FileSystem is where this loader's files are.
func (fl *FileLoader) FileSystem() filesys.FileSystem { return fl.fSys }
