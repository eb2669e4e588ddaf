package main

import (
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// Every command on the database is on its page, has an example, and wants no flag that
// others could read a password from.
func TestCommandsPage(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/reference/commands.md")
	if err != nil {
		t.Fatal(err)
	}
	p := &program{}
	n := 0
	var walk func(cmd *cobra.Command, path string)
	walk = func(cmd *cobra.Command, path string) {
		path += " " + cmd.Name()
		for _, below := range cmd.Commands() {
			walk(below, path)
		}
		if cmd.HasSubCommands() {
			return
		}
		n++
		if !strings.Contains(string(page), "`"+path) {
			t.Errorf("%s is not on the page", path)
		}
		if !strings.Contains(cmd.Example, path) {
			t.Errorf("%s has no example", path)
		}
		if cmd.Flags().Lookup("password") != nil || cmd.Flags().Lookup("secret") != nil {
			t.Errorf("%s takes a secret as a flag", path)
		}
	}
	for _, cmd := range p.keeping() {
		walk(cmd, "panel")
	}
	if n < 20 {
		t.Errorf("%d commands were looked at", n)
	}
}
