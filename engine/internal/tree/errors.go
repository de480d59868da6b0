package tree

import "io/fs"

// errno is a reason why a file can't be had, in Linux's words on every platform: they stand in kustomize's messages,
// which tests and users compare.
type errno string

const (
	errNotExist     errno = "no such file or directory"
	errNotDirectory errno = "not a directory"
	errIsDirectory  errno = "is a directory"
	errLoop         errno = "too many levels of symbolic links"
	errNameTooLong  errno = "file name too long"
	errInvalid      errno = "invalid argument"
)

func (e errno) Error() string { return string(e) }

// Is lets errors.Is recognise a missing file, whichever way it is missing.
func (e errno) Is(target error) bool { return e == errNotExist && target == fs.ErrNotExist }

// pathError is an fs.PathError.
type pathError struct {
	op   string
	path string
	why  errno
}

func (e *pathError) Error() string { return e.op + " " + e.path + ": " + string(e.why) }
func (e *pathError) Unwrap() error { return e.why }
