package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/demo"
	"example.org/backontrack/panel/store"
)

// demoHold loads the demo authority into a new SQLite file and holds its panel there. The
// time is that of the demonstration, so that it is the same whenever it runs.
func (p *program) demoHold(cmd *cobra.Command, file string) error {
	if onServer(file) {
		return fmt.Errorf("--hold wants a FILE: the demo authority is kept in SQLite")
	}
	if _, err := os.Lstat(file); err == nil {
		return &answerError{fmt.Errorf("%s is there already: the demo authority wants a file of its own", file)}
	}
	if err := inFolder(file); err != nil {
		return err
	}
	ctx, stop := ready(cmd)
	defer stop()
	path, err := filepath.Abs(file)
	if err != nil {
		return &answerError{err}
	}
	if _, err := store.Migrate(ctx, store.Options{Database: path}); err != nil {
		return told(ctx, err)
	}
	clock := demo.NewClock()
	db, err := store.Open(ctx, store.Options{Database: path, Clock: clock.Now})
	if err != nil {
		return unopened(ctx, path, err)
	}
	defer func() { _ = db.Close() }() // all of it is on the disk
	return told(ctx, p.demoPanel(ctx, db, clock, file))
}

func (p *program) demoPanel(ctx context.Context, db *store.DB, clock *demo.Clock, file string) error {
	s := panel.New(db, panel.Options{NewID: demo.NewIDs()})
	if err := p.say(fmt.Sprintf("Loading Thornmere into %s: its provisions, schools, people, rules and thirty referrals.", file)); err != nil {
		return err
	}
	loaded, err := demo.Load(ctx, s, clock)
	if err != nil {
		return err
	}
	var written error
	held, err := demo.Hold(ctx, s, loaded, func(said string) {
		if written == nil {
			written = p.say(said)
		}
	})
	if err != nil {
		return err
	}
	if written != nil {
		return written
	}
	checked, err := p.checkup(ctx, db)
	if err != nil {
		return err
	}
	if err := p.screen(func(out *screen.Screen) {
		out.Blank()
		checked.show(out)
		out.Blank()
		out.Line(0, screen.In(screen.Bold, "What to try next"))
		for _, try := range [][2]string{
			{"panel minutes " + string(held.Meeting), "the minutes of the meeting"},
			{"panel overrides --from 2026-11-01 --to 2026-12-31", "where the panel departed from the ranking, or set a rule aside"},
			{"panel deadlines", "what is due, on the day on which you ask"},
			{"panel audit verify", "the chain of the journal: who did what"},
			{"panel export snapshot --date 2026-12-18 --as-known-now --out december.json", "the authority at the end of term, to rank and plan with"},
		} {
			out.Line(2, screen.In(screen.Accent, try[0]+" --database "+file))
			out.Line(6, screen.In(screen.Dim, try[1]))
		}
		if end := clock.Now(); time.Now().Before(end) {
			out.Blank()
			out.Para(0, 2, screen.Text("The demonstration has its own time, which ends on "+text.Date(panel.Day(end))+
				". What is read or done in it before that day, by the clock of this machine, is a further entry of the journal with an "+
				"earlier time: panel audit verify then tells that the clock went back, and the chain holds all the same."))
		}
	}); err != nil {
		return err
	}
	if len(checked.Findings) > 0 {
		return errBroken
	}
	return nil
}
