package docs_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	root   = ".."
	module = "example.org/backontrack"
)

// A source is one Go file of the module.
type source struct {
	path   string // from the root, with slashes
	folder string
	test   bool
	lines  int
	file   *ast.File
	fset   *token.FileSet
}

// at is where a node stands, for a message.
func (s *source) at(n ast.Node) string {
	p := s.fset.Position(n.Pos())
	return p.String()
}

// span is how many lines a node takes.
func (s *source) span(n ast.Node) int {
	return s.fset.Position(n.End()).Line - s.fset.Position(n.Pos()).Line + 1
}

// files lists the files of the repository, from the root. Of the hidden folders it
// enters .ci only, and not what npm installs.
func files(t *testing.T) []string {
	t.Helper()
	var paths []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() && path != root && (strings.HasPrefix(name, ".") && name != ".ci" || name == "node_modules") {
			return filepath.SkipDir
		}
		if entry.Type().IsRegular() && name != ".git" { // a file in a worktree
			rel, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			paths = append(paths, filepath.ToSlash(rel))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// sources parses the Go files of the module.
func sources(t *testing.T) []*source {
	t.Helper()
	var all []*source
	for _, path := range files(t) {
		if !strings.HasSuffix(path, ".go") || strings.Contains("/"+path, "/testdata/") {
			continue
		}
		text := read(t, path)
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, path, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, &source{
			path:   path,
			folder: strings.TrimSuffix(strings.TrimSuffix(path, filepath.Base(path)), "/"),
			test:   strings.HasSuffix(path, "_test.go"),
			lines:  strings.Count(text, "\n"),
			file:   file,
			fset:   fset,
		})
	}
	return all
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// within tells whether a path is a folder or in it.
func within(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, folder+"/")
}
