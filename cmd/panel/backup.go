package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/audit"
	"example.org/backontrack/panel/store"
)

// backup is the command panel backup.
func (p *program) backup() *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Copy the database to a file, while it is in use",
		Long: "backup writes a copy of an SQLite database to a new file, also beside a server that uses it. The file is there\n" +
			"when it is complete, checked and on the disk, and not before. Only its owner can read it; it holds everything\n" +
			"that the panel knows of pupils. Copying the database by other means loses what is not in the file yet.\n" +
			"A PostgreSQL database is backed up by pg_dump, or by archiving its log.",
		Example: "  panel backup panel-2026-11-23.db\n  panel backup --database /srv/panel/panel.db /backup/panel-2026-11-23.db",
		Args:    exactly(1, "the FILE to write"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if onServer(p.where()) {
				return &answerError{errServerTools}
			}
			return p.looking(cmd, func(ctx context.Context, db *store.DB) error { return p.backUp(ctx, db, args[0]) })
		},
	}
}

var errServerTools = fmt.Errorf("a PostgreSQL database is backed up by pg_dump and restored by pg_restore, or by archiving its log")

func (p *program) backUp(ctx context.Context, db *store.DB, file string) error {
	if _, err := os.Lstat(file); err == nil {
		return &answerError{fmt.Errorf("%s is there already: a backup replaces nothing", file)}
	}
	if err := inFolder(file); err != nil {
		return err
	}
	if err := db.Backup(ctx, file); err != nil {
		return err
	}
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	copied, err := store.Open(ctx, store.Options{Database: file, ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { _ = copied.Close() }() // it was only read
	head, err := headOf(ctx, copied)
	if err != nil {
		return err
	}
	return p.say(
		fmt.Sprintf("Wrote %s: %s bytes, complete and checked.", file, text.Number(int(info.Size()))),
		fmt.Sprintf("Its journal ends with entry %d, whose hash is %s.", head.Seq, base64.StdEncoding.EncodeToString(head.Hash[:])),
	)
}

// inFolder refuses a file whose folder is not there: it would be a slip of the pen, and what
// is written there would not be found.
func inFolder(file string) error {
	folder := filepath.Dir(file)
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return &answerError{fmt.Errorf("there is no folder %s to write %s in: make it first", folder, filepath.Base(file))}
	}
	return nil
}

func headOf(ctx context.Context, db panel.Store) (head audit.Head, err error) {
	err = db.View(ctx, func(tx panel.Tx) (err error) {
		head, err = tx.Journal().Head()
		return err
	})
	return head, err
}

// exactly wants so many arguments, and says which.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) == n {
			return nil
		}
		return fmt.Errorf("want %s; %s given", what, text.Count(len(args), "argument is", "arguments are"))
	}
}
