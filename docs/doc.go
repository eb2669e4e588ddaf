// Package docs is where the documentation is. Its tests hold the repository to what
// the pages say: where things are, what imports what, how they are called, which
// test carries which requirement.
package docs

//go:generate go test . -run=TestRequirementsPage|TestPanelPages -update
