package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/store"
)

const (
	databaseVariable = "PANEL_DATABASE_URL"
	usualDatabase    = "panel.db"
)

// keeping are the commands that work on the panel's database.
func (p *program) keeping() []*cobra.Command {
	list := []*cobra.Command{
		p.migrate(), p.backup(), p.restore(), p.fsck(), p.audit(), p.user(), p.token(), p.importing(), p.export(),
		p.retention(), p.deadlines(), p.overrides(), p.minutes(),
	}
	for _, cmd := range list {
		p.databaseFlag(cmd)
	}
	return list
}

// databaseFlag adds --database to a command and those below it.
func (p *program) databaseFlag(cmd *cobra.Command) {
	cmd.PersistentFlags().StringVar(&p.database, "database", "",
		"the `DATABASE`: a file, or a URL that begins with postgres:// (default "+databaseVariable+", or else "+usualDatabase+")")
}

// where says which database is meant: that of the flag, of the environment, or the usual one.
func (p *program) where() string {
	return cmp.Or(p.database, os.Getenv(databaseVariable), usualDatabase)
}

// where is a server's, which has tools of its own.
func onServer(database string) bool {
	return strings.HasPrefix(database, "postgres://") || strings.HasPrefix(database, "postgresql://")
}

// calledIt is a database as messages name it: a URL may hold a password.
func calledIt(database string) string {
	if onServer(database) {
		return "the PostgreSQL database"
	}
	return database
}

// longest is how long a command may take that reads all there is. Without a limit of its
// own a reading ends after half a minute, for the sake of those who write meanwhile.
const longest = time.Hour

// ready is a context in which the operator asks, until Ctrl-C.
func ready(cmd *cobra.Command) (context.Context, context.CancelFunc) {
	ctx, stop := interruptible(cmd.Context())
	ctx, cancel := context.WithTimeout(ctx, longest)
	return panel.As(ctx, panel.Caller{Person: panel.Operator}), func() { cancel(); stop() }
}

// with opens the database and runs a command's work on it.
func (p *program) with(cmd *cobra.Command, o store.Options, work func(context.Context, *store.DB) error) (err error) {
	ctx, stop := ready(cmd)
	defer stop()
	o.Database = p.where()
	db, err := store.Open(ctx, o)
	if err != nil {
		return unopened(ctx, o.Database, err)
	}
	defer func() {
		if closed := db.Close(); err == nil && closed != nil {
			err = &refusal{status: failed, err: closed}
		}
	}()
	return told(ctx, work(ctx, db))
}

// looking is [program.with] for what only reads: also beside a server that has the file open.
func (p *program) looking(cmd *cobra.Command, work func(context.Context, *store.DB) error) error {
	return p.with(cmd, store.Options{ReadOnly: true}, work)
}

// serving runs a command's work on the verbs of the service, which write the journal.
func (p *program) serving(cmd *cobra.Command, work func(context.Context, *panel.Service) error) error {
	return p.with(cmd, store.Options{}, func(ctx context.Context, db *store.DB) error {
		return work(ctx, panel.New(db, panel.Options{}))
	})
}

// A refusal is why a command on the database did not do what was asked.
type refusal struct {
	status int
	err    error
	lines  []string // what is wrong, one by one
}

func (e *refusal) Error() string { return strings.TrimPrefix(e.err.Error(), "store: ") }
func (e *refusal) Unwrap() error { return e.err }

// unopened says why a database can't be opened. One that is not there is the call's fault.
func unopened(ctx context.Context, database string, err error) error {
	if stopped := ended(ctx); stopped != nil {
		return stopped
	}
	if !onServer(database) {
		if _, missing := os.Stat(database); errors.Is(missing, os.ErrNotExist) {
			return &refusal{status: wrong, err: err}
		}
	}
	if panel.KindOf(err) == panel.Unavailable && onServer(database) {
		err = errors.New("the PostgreSQL database can't be reached, or does not let this user in: look at " + databaseVariable)
	}
	if strings.Contains(err.Error(), heldElsewhere) {
		err = fmt.Errorf("%s: %s, most likely the server. Stop that, run this again, and start it; "+
			"docs/reference/commands.md says which commands work beside a server", database, heldElsewhere)
	}
	if refused, ok := errors.AsType[*panel.Error](err); ok {
		err = fmt.Errorf("%s: %s", calledIt(database), refused.Detail)
	}
	return &refusal{status: failed, err: err}
}

// heldElsewhere is what the store says of a file that a server has open.
const heldElsewhere = "another program has this database open"

func ended(ctx context.Context) error {
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return errInterrupted
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return &refusal{status: failed, err: fmt.Errorf("it took longer than %s and was given up", longest)}
	}
	return nil
}

// told gives what the domain refused the exit status and the lines that it has here.
func told(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if _, is := errors.AsType[*refusal](err); is || ours(err) {
		return err
	}
	if stopped := ended(ctx); stopped != nil {
		return stopped
	}
	out := &refusal{status: wrong, err: err}
	switch panel.KindOf(err) {
	case panel.Unavailable, panel.Corrupt, "":
		out.status = failed
	default:
	}
	refused, ok := errors.AsType[*panel.Error](err)
	if !ok {
		return out
	}
	if refused.Detail != "" {
		out.err = errors.New(refused.Detail)
	}
	for _, f := range refused.Faults {
		out.lines = append(out.lines, strings.TrimSpace(strings.TrimPrefix(f.Pointer, "/")+": expected "+strings.TrimPrefix(f.Detail, "expected ")))
	}
	for _, m := range refused.Missing {
		out.lines = append(out.lines, "missing: "+m.Label)
	}
	return out
}

// ours tells errors that the command already knows how to say.
func ours(err error) bool {
	_, written := errors.AsType[*writeError](err)
	_, asked := errors.AsType[*answerError](err)
	return written || asked || errors.Is(err, errBroken) || errors.Is(err, errInterrupted)
}

// dayFlag reads a date of a flag; empty is no date.
func dayFlag(name, value string) (calendar.Date, error) {
	if value == "" {
		return 0, nil
	}
	day, err := calendar.ParseDate(value)
	if err != nil {
		return 0, fmt.Errorf("--%s wants a date such as 2026-11-23", name)
	}
	return day, nil
}
