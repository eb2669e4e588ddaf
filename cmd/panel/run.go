package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/matching"
)

// Exit statuses. The contract has 0, 2 and 3; 1 is for a machine that fails.
const (
	done   = 0
	failed = 1 // the answer could not be written, the database is busy, or Ctrl-C came before there was an answer
	wrong  = 2 // the input or the call is wrong
	broken = 3 // a plan does not hold, or a check found something
)

// A program is where a command reads and writes.
type program struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	database       string // of --database
}

// run is the whole command, for a test as well as for main. It returns the exit status.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	p := &program{stdin: stdin, stdout: stdout, stderr: stderr}
	root := p.root()
	root.SetArgs(args)
	cmd, err := root.ExecuteC()
	return p.status(cmd, err)
}

// root is the command panel.
func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "panel",
		Short: "Match vulnerable pupils to alternative provision, and say why",
		Long: "panel ranks the groups of alternative provision for a pupil, refuses what is not possible with every reason,\n" +
			"places an agenda as a whole, and says how much better that could be done. rank, plan, check and their like read\n" +
			"a snapshot: what is known on one day. migrate, import, fsck, backup and their like look after the panel's\n" +
			"database, from which panel export snapshot makes one.\n" +
			"New here? Try panel demo.",
		Example: "  panel demo\n  panel demo --snapshot > thornmere.json\n" +
			"  panel rank --in thornmere.json --referral r01\n  panel plan --in thornmere.json\n" +
			"  panel migrate && panel import --help",
		Version:       matching.Version,
		Args:          cobra.NoArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetIn(p.stdin)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	root.SetFlagErrorFunc(flagError)
	root.SetUsageTemplate(strings.ReplaceAll(root.UsageTemplate(), ".FlagUsages", ".FlagUsagesWrapped 100"))
	grouped(root, "snapshot", "On a snapshot, a file:",
		p.demo(), p.rank(), p.options(), p.plan(), p.diff(), p.regrets(), p.alternatives(), p.worth(), p.gaps(), p.regroup(),
		p.check(), p.lint(), p.generate(),
	)
	grouped(root, "database", "On the panel's database:", p.keeping()...)
	return root
}

// grouped adds commands under a heading of their own.
func grouped(root *cobra.Command, id, title string, commands ...*cobra.Command) {
	root.AddGroup(&cobra.Group{ID: id, Title: title})
	for _, cmd := range commands {
		cmd.GroupID = id
	}
	root.AddCommand(commands...)
}

// status turns an error into messages and an exit status.
func (p *program) status(cmd *cobra.Command, err error) int {
	var faults *faultsError
	switch {
	case err == nil, errors.Is(err, syscall.EPIPE):
		return done // whoever reads has had enough
	case errors.Is(err, errBroken):
		return broken
	case errors.As(err, &faults):
		for _, fault := range faults.faults {
			p.complain(screen.Clean(fault.Error())) // one line, whatever is in a key
		}
		p.complain(screen.Clean(cmd.CommandPath() + ": " + faults.Error()))
		return wrong
	}
	if refused, ok := errors.AsType[*refusal](err); ok {
		for _, line := range refused.lines {
			p.complain(line)
		}
		p.complain(cmd.CommandPath() + ": " + refused.Error())
		return refused.status
	}
	p.complain(cmd.CommandPath() + ": " + err.Error())
	if _, ok := errors.AsType[*writeError](err); ok || errors.Is(err, errInterrupted) {
		return failed
	}
	if _, ok := errors.AsType[*answerError](err); !ok {
		p.complain("See " + cmd.CommandPath() + " --help.")
	}
	return wrong
}

// flagError says what a flag wants, in place of what Go's parser says of a number.
func flagError(_ *cobra.Command, err error) error {
	said, why, number := strings.Cut(err.Error(), ": strconv.")
	switch {
	case !number:
		return err
	case strings.HasPrefix(why, "ParseBool"):
		return errors.New(said + ": it wants true or false")
	case strings.Contains(why, "range"):
		return errors.New(said + ": it wants a smaller number")
	}
	return errors.New(said + ": it wants a whole number")
}

// complain writes a message, a line each, without what a terminal might obey.
func (p *program) complain(message string) {
	for line := range strings.SplitSeq(strings.TrimRight(message, "\n"), "\n") {
		_, _ = fmt.Fprintln(p.stderr, screen.Clean(line)) // there is nowhere left to say that it failed
	}
}

// A writeError is an answer that could not be written.
type writeError struct{ err error }

func (e *writeError) Error() string { return "write the answer: " + e.err.Error() }
func (e *writeError) Unwrap() error { return e.err }

// An answerError is wrong in what it asks about, not in how it is called.
type answerError struct{ err error }

func (e *answerError) Error() string { return e.err.Error() }
func (e *answerError) Unwrap() error { return e.err }
