package docs_test

import (
	"go/ast"
	"go/token"
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// directions say what the packages in a folder may import besides the standard
// library: folders of the module, and modules of others. The longest folder that
// fits counts; "!" takes away again (docs/decisions/0001-packages-and-directions.md).
var directions = []struct {
	folder string
	may    []string
}{
	{"docs", []string{"panel"}},
	{"matching/internal", nil},
	{"matching/calendar", []string{"matching/internal"}},
	{"matching", []string{"matching"}},
	{"panel", []string{"matching", "panel", "!panel/store", "golang.org/x/text"}},
	{"panel/credential", []string{"golang.org/x/crypto"}},
	{"panel/store", []string{"matching", "panel", "gorm.io", "modernc.org/sqlite", "github.com/jackc/pgx/v5", "github.com/pressly/goose/v3"}},
	{"panel/paneltest", []string{"matching", "panel", "github.com/google/go-cmp"}},
	{"api", []string{"matching", "panel", "api", "!panel/store", "github.com/gin-gonic/gin", "github.com/go-playground/validator/v10"}},
	{"cmd", []string{"matching", "panel", "api", "cmd", "github.com/spf13/cobra", "github.com/spf13/pflag", "golang.org/x/term"}},
}

// inTests may be imported by every test file.
var inTests = []string{"github.com/google/go-cmp", "pgregory.net/rapid", "github.com/rogpeppe/go-internal"}

func TestImports(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		may, found := mayImport(s.folder)
		if !found {
			t.Errorf("%s: no direction is stated for this folder", s.path)
			continue
		}
		if s.test {
			top, _, _ := strings.Cut(s.folder, "/")
			may = append(slices.Clone(may), inTests...)
			may = append(may, top)
		}
		for _, spec := range s.file.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if first, _, _ := strings.Cut(path, "/"); !strings.Contains(first, ".") {
				continue // the standard library
			}
			if !allowed(strings.TrimPrefix(path, module+"/"), may) {
				t.Errorf("%s: %s may not import %s", s.at(spec), s.folder, path)
			}
		}
	}
}

func mayImport(folder string) (may []string, found bool) {
	longest := -1
	for _, d := range directions {
		if within(folder, d.folder) && len(d.folder) > longest {
			may, longest = d.may, len(d.folder)
		}
	}
	return may, longest >= 0
}

func allowed(path string, may []string) bool {
	ok := false
	for _, entry := range may {
		if no, denied := strings.CutPrefix(entry, "!"); denied {
			ok = ok && !within(path, no)
		} else {
			ok = ok || within(path, entry)
		}
	}
	return ok
}

func TestTopLevel(t *testing.T) {
	t.Parallel()
	belongs := []string{"panel", "matching", "api", "cmd", "docs", "go.mod", "go.sum", "README.md", "LICENSE", "CONTRIBUTING.md"}
	for _, name := range topLevel(t) {
		if !strings.HasPrefix(name, ".") && !slices.Contains(belongs, name) {
			t.Errorf("%s does not belong at the top level", name)
		}
	}
}

// topLevel is what git tracks there. Without git it is what stands there, but for the
// JSON that the commands of the README write.
func topLevel(t *testing.T) []string {
	t.Helper()
	list := exec.CommandContext(t.Context(), "git", "ls-files", "-z")
	list.Dir = root
	var names []string
	if tracked, err := list.Output(); err == nil && len(tracked) > 0 {
		for file := range strings.SplitSeq(strings.TrimSuffix(string(tracked), "\x00"), "\x00") {
			name, _, _ := strings.Cut(file, "/")
			names = append(names, name)
		}
		return slices.Compact(names)
	}
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if path.Ext(e.Name()) != ".json" {
			names = append(names, e.Name())
		}
	}
	return names
}

func TestSizes(t *testing.T) {
	t.Parallel()
	const mostLines, mostInFunction, mostInReadme = 450, 70, 120
	for _, s := range sources(t) {
		if s.test || ast.IsGenerated(s.file) {
			continue
		}
		if s.lines > mostLines {
			t.Errorf("%s has %d lines, the most is %d", s.path, s.lines, mostLines)
		}
		for _, decl := range s.file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && s.span(f) > mostInFunction {
				t.Errorf("%s: %s has %d lines, the most is %d", s.at(f), f.Name.Name, s.span(f), mostInFunction)
			}
		}
	}
	if lines := strings.Count(read(t, "README.md"), "\n"); lines > mostInReadme {
		t.Errorf("README.md has %d lines, the most is %d", lines, mostInReadme)
	}
}

// TestDocumented wants a comment on every package, and on everything that matching
// exports; members of a block share the comment of the block.
func TestDocumented(t *testing.T) {
	t.Parallel()
	packages := map[string]bool{}
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		packages[s.folder] = packages[s.folder] || s.file.Doc != nil
		if !within(s.folder, "matching") {
			continue
		}
		for name, documented := range exported(s.file) {
			if !documented {
				t.Errorf("%s: %s has no comment", s.path, name)
			}
		}
	}
	for folder, documented := range packages {
		if !documented {
			t.Errorf("%s: the package has no comment", folder)
		}
	}
}

// exported are the names that a file exports at its top level, methods as "T.M",
// and whether each has a comment.
func exported(file *ast.File) map[string]bool {
	names := map[string]bool{}
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if receiver := receiverOf(d); d.Name.IsExported() && (receiver == "" || ast.IsExported(receiver)) {
				names[strings.TrimPrefix(receiver+"."+d.Name.Name, ".")] = d.Doc != nil
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				addSpec(names, d, spec)
			}
		}
	}
	return names
}

func addSpec(names map[string]bool, d *ast.GenDecl, spec ast.Spec) {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		if spec.Name.IsExported() {
			names[spec.Name.Name] = d.Doc != nil || spec.Doc != nil || spec.Comment != nil
		}
	case *ast.ValueSpec:
		for _, n := range spec.Names {
			if n.IsExported() {
				names[n.Name] = d.Doc != nil || spec.Doc != nil || spec.Comment != nil
			}
		}
	}
}

// receiverOf names the type of a method, or is empty for a function.
func receiverOf(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return ""
	}
	of := f.Recv.List[0].Type
	if star, ok := of.(*ast.StarExpr); ok {
		of = star.X
	}
	if index, ok := of.(*ast.IndexExpr); ok {
		of = index.X
	}
	if name, ok := of.(*ast.Ident); ok {
		return name.Name
	}
	return ""
}

// banned are words that docs/reference/words.md has another word for, or that say nothing.
var banned = []string{
	"student", "child", "children", "client", "slot", "allocation", "candidate", "applicant",
	"data", "info", "manager", "helper", "util", "utility", "utilities", "common", "impl", "base",
}

// notOurs are names in which such a word means something else.
var notOurs = map[string]string{"NoAllocation": "of memory"}

var (
	word     = regexp.MustCompile(`[A-Z]?[a-z]+`)
	jsonName = regexp.MustCompile(`json:"([^",]+)`)
)

func TestWords(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		for name := range exported(s.file) {
			wantOurWords(t, s.path, name)
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			field, ok := n.(*ast.Field)
			if !ok {
				return true
			}
			for _, name := range field.Names {
				if name.IsExported() {
					wantOurWords(t, s.at(field), name.Name)
				}
			}
			if field.Tag != nil {
				if found := jsonName.FindStringSubmatch(strings.Trim(field.Tag.Value, "`")); found != nil {
					wantOurWords(t, s.at(field), found[1])
				}
			}
			return true
		})
	}
}

func wantOurWords(t *testing.T, at, name string) {
	t.Helper()
	if notOurs[name] != "" {
		return
	}
	for _, w := range word.FindAllString(name, -1) {
		w = strings.ToLower(w)
		if slices.Contains(banned, w) || slices.Contains(banned, strings.TrimSuffix(w, "s")) {
			t.Errorf("%s: %q is not a word of docs/reference/words.md (in %s)", at, w, name)
		}
	}
}

// TestExamples wants a runnable example for each question that an Engine answers.
func TestExamples(t *testing.T) {
	t.Parallel()
	examples, methods := map[string]bool{}, []string{}
	for _, s := range sources(t) {
		if s.folder != "matching" {
			continue
		}
		for _, decl := range s.file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			switch {
			case !ok:
			case s.test && strings.HasPrefix(f.Name.Name, "Example"):
				if name := strings.Split(f.Name.Name, "_"); len(name) > 1 {
					examples[strings.Join(name[:2], "_")] = true
				}
			case !s.test && receiverOf(f) == "Engine" && token.IsExported(f.Name.Name) && f.Name.Name != "String":
				methods = append(methods, f.Name.Name)
			}
		}
	}
	if len(methods) == 0 {
		t.Error("no methods of Engine found: has it moved?")
	}
	for _, m := range methods {
		if !examples["ExampleEngine_"+m] {
			t.Errorf("Engine.%s has no ExampleEngine_%s", m, m)
		}
	}
}
