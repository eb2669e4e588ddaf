package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/panel/store"
)

// migrate is the command panel migrate.
func (p *program) migrate() *cobra.Command {
	var status bool
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Make the tables of the panel's database, or bring them to this version",
		Long: "migrate makes the database where there is none, and brings the tables of an older one to the version of this\n" +
			"program. It loses no row: it counts them before and afterwards, and keeps a copy of an SQLite file before the\n" +
			"tables change. With --status it changes nothing; the exit status is 3 where there is something to do.",
		Example: "  panel migrate\n  panel migrate --database /srv/panel/panel.db\n  panel migrate --status",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if status {
				return p.migrateStatus(cmd)
			}
			return p.migrateNow(cmd)
		},
	}
	cmd.Flags().BoolVar(&status, "status", false, "say what there is to do, and do nothing")
	return cmd
}

func (p *program) migrateStatus(cmd *cobra.Command) error {
	ctx, stop := ready(cmd)
	defer stop()
	database := p.where()
	m, err := store.Pending(ctx, store.Options{Database: database})
	if err != nil {
		return unopened(ctx, database, err)
	}
	var line string
	switch {
	case m.From == m.To:
		line = fmt.Sprintf("The tables of %s are at version %d, that of this program.", calledIt(database), m.To)
	case m.From == 0:
		line = fmt.Sprintf("There are no tables in %s: panel migrate makes those of version %d.", calledIt(database), m.To)
	case m.From < m.To:
		line = fmt.Sprintf("The tables of %s are at version %d: panel migrate brings them to version %d.", calledIt(database), m.From, m.To)
	default:
		line = fmt.Sprintf("The tables of %s are at version %d, and this program knows version %d: a newer one is needed.", calledIt(database), m.From, m.To)
	}
	if err := p.say(line); err != nil {
		return err
	}
	if m.From != m.To {
		return errBroken
	}
	return nil
}

func (p *program) migrateNow(cmd *cobra.Command) error {
	ctx, stop := ready(cmd)
	defer stop()
	database := p.where()
	m, err := store.Migrate(ctx, store.Options{Database: database})
	if err != nil {
		return told(ctx, err)
	}
	switch m.From {
	case m.To:
		return p.say(fmt.Sprintf("The tables of %s are at version %d already.", calledIt(database), m.To))
	case 0:
		return p.say(fmt.Sprintf("Made the tables of %s: version %d.", calledIt(database), m.To))
	}
	return p.say(fmt.Sprintf("Brought the tables of %s from version %d to version %d.", calledIt(database), m.From, m.To))
}

// say writes sentences for a person, a paragraph each.
func (p *program) say(sentences ...string) error {
	return p.screen(func(s *screen.Screen) {
		for _, sentence := range sentences {
			s.Para(0, 2, screen.Text(sentence))
		}
	})
}

// screen writes an answer for a person that is about no snapshot.
func (p *program) screen(write func(s *screen.Screen)) error {
	s := screen.New(p.stdout)
	write(s)
	if err := s.Flush(); err != nil {
		return &writeError{err}
	}
	return nil
}
