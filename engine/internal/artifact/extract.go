package artifact

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// maxUnpacked is how many bytes an archive may unpack to, as in github.com/fluxcd/pkg/tar v1.2.0.
const maxUnpacked = 100 << 20

// isPackage tells whether a file is an archive by its name.
func isPackage(name string) bool {
	lower := strings.ToLower(name)
	return strings.HasSuffix(lower, ".tar.gz") || strings.HasSuffix(lower, ".tgz")
}

// extract unpacks an archive into the destination.
func (c copier) extract(name string) error {
	packed, err := c.source.ReadFile(name)
	if err != nil {
		return fmt.Errorf("failed to open tarball %q: %w", name, err)
	}
	to := path.Clean(c.to)
	if err := c.staged.mkdir(to); err != nil {
		return fmt.Errorf("failed to create destination directory %q: %w", c.to, err)
	}
	c.staged.mixed(to)
	if err := c.unpack(packed, path.Join(c.source.root, name), to); err != nil {
		return fmt.Errorf("failed to extract tarball %q to %q: %w", name, c.to, err)
	}
	return nil
}

// unpack does as Untar of github.com/fluxcd/pkg/tar v1.2.0, which writes to a disk.
func (c copier) unpack(packed []byte, home, to string) error {
	zipped, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return fmt.Errorf("requires gzip-compressed body: %w", err)
	}
	entries := tar.NewReader(zipped)
	for unpacked := int64(0); ; {
		entry, err := entries.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("tar error: %w", err)
		}
		if unpacked += entry.Size; unpacked > maxUnpacked {
			return fmt.Errorf("tar %q is bigger than max archive size of %d bytes", entry.Name, maxUnpacked)
		}
		if !staysBelow(entry.Name) {
			return fmt.Errorf("tar contained invalid name error %q", entry.Name)
		}
		if err := c.unpackEntry(entries, entry, home, path.Join(to, entry.Name)); err != nil {
			return err
		}
	}
}

func (c copier) unpackEntry(entries io.Reader, entry *tar.Header, home, at string) error {
	switch mode := entry.FileInfo().Mode(); {
	case mode.IsRegular():
		content, err := io.ReadAll(entries)
		if err != nil {
			return fmt.Errorf("error copying buffer: %w", err)
		}
		return c.staged.write(at, staged{content: content, home: home + "!/" + path.Clean(entry.Name)})
	case mode.IsDir():
		return c.staged.mkdir(at)
	case mode&fs.ModeSymlink != 0:
		return fmt.Errorf("tar file entry %s is a symlink, which is not allowed in this context", entry.Name)
	default:
		return fmt.Errorf("tar file entry %s contained unsupported file type %v", entry.Name, mode)
	}
}

func staysBelow(name string) bool {
	return name != "" && !strings.Contains(name, `\`) && !strings.HasPrefix(name, "/") && !strings.Contains(name, "../")
}
