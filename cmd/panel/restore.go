package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/audit"
	"example.org/backontrack/panel/store"
)

// restoring are the flags of panel restore.
type restoring struct {
	replace   bool
	damaged   bool
	heads     []string
	keys      []string
	erasures  string
	evidence  audit.Evidence
	since     []panel.Erasure
	unread    bool // the database that is replaced can't say who was erased
	forgotten bool // nobody could say
}

// restore is the command panel restore.
func (p *program) restore() *cobra.Command {
	r := &restoring{}
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Put a backup in the place of the database",
		Long: "restore checks a backup and puts it in the place of the database. It refuses while a server uses the database,\n" +
			"and, without --replace, while there is one; what was there is kept beside it, under a name that ends in\n" +
			".replaced, or .replaced-2 and so on. It refuses a backup in which something does not hold together, such as\n" +
			"a record that was changed by hand; --damaged restores it all the same. Tables of an older version are brought to that of this program. Who was erased since the backup\n" +
			"was made is erased again, as the database that is replaced knows it, or as --erasures says.\n" +
			"With --head, a head of the journal that was kept elsewhere, it says what is missing since; the exit status is\n" +
			"then 3 if anything is, or if the journal is another.",
		Example: "  panel restore panel-2026-11-23.db\n" +
			"  panel restore --replace --head head.txt --key journal.pub panel-2026-11-23.db\n" +
			"  panel retention erasures > erasures.json   # keep it where the backups are not",
		Args: exactly(1, "the FILE of the backup"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if onServer(p.where()) {
				return &answerError{errServerTools}
			}
			var err error
			if r.evidence, err = evidence(r.heads, r.keys); err != nil {
				return err
			}
			ctx, stop := ready(cmd)
			defer stop()
			return told(ctx, p.putBack(ctx, r, args[0]))
		},
	}
	cmd.Flags().BoolVar(&r.replace, "replace", false, "replace the database that is there")
	cmd.Flags().StringVar(&r.erasures, "erasures", "", "who was erased: a `FILE` that panel retention erasures wrote")
	cmd.Flags().BoolVar(&r.damaged, "damaged", false, "restore a backup in which something does not hold together")
	evidenceFlags(cmd, &r.heads, &r.keys)
	return cmd
}

func (p *program) putBack(ctx context.Context, r *restoring, file string) error {
	path := p.where()
	if _, err := os.Stat(file); err != nil {
		return &answerError{err}
	}
	if err := r.whoWasErased(ctx, path); err != nil {
		return err
	}
	if _, err := os.Lstat(path); err == nil && !r.replace {
		return &answerError{fmt.Errorf("there is a database %s: --replace restores over it, and keeps it beside", path)}
	}
	restored, err := store.Restore(ctx, file, path, store.Restoring{Replace: r.replace, Damaged: r.damaged})
	if err != nil {
		return unsound(file, restored.Findings, err)
	}
	if err := p.say(restoredWords(file, path, restored)...); err != nil {
		return err
	}
	m, err := store.Migrate(ctx, store.Options{Database: path})
	if err != nil {
		return err
	}
	if m.From != m.To {
		if err := p.say(fmt.Sprintf("Brought its tables from version %d to version %d.", m.From, m.To)); err != nil {
			return err
		}
	}
	db, err := store.Open(ctx, store.Options{Database: path})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // what was stored is on the disk
	gap, missing := p.sinceHead(ctx, db, r)
	if missing != nil {
		return missing
	}
	if err := p.eraseAgain(ctx, db, r); err != nil {
		return err
	}
	if gap {
		return errBroken
	}
	return nil
}

// unsound says what is wrong with a backup that was refused for it.
func unsound(file string, findings []string, err error) error {
	if len(findings) == 0 {
		return err
	}
	const most = 5
	out := &refusal{status: failed, err: fmt.Errorf("%s does not hold together: %s; --damaged restores it all the same", file,
		text.Count(len(findings), "finding", "findings"))}
	out.lines = append(out.lines, findings[:min(most, len(findings))]...)
	if more := len(findings) - most; more > 0 {
		out.lines = append(out.lines, fmt.Sprintf("and %d more", more))
	}
	return out
}

func restoredWords(file, path string, r store.Restored) []string {
	words := []string{fmt.Sprintf("Restored %s from %s.", path, file)}
	if r.Aside != "" {
		words = append(words, fmt.Sprintf("What was there is kept as %s. Erasing does not reach it: pupils who are erased stay in it until it is deleted.", r.Aside))
	}
	if len(r.Findings) > 0 {
		words = append(words, text.Count(len(r.Findings), "thing in it does", "things in it do")+" not hold together: panel fsck lists what.")
	}
	return words
}

// whoWasErased reads the list that is kept elsewhere, and that of the database that is to
// be replaced: only there do they stand who were erased after the backup.
func (r *restoring) whoWasErased(ctx context.Context, path string) error {
	if r.erasures != "" {
		list, err := readErasures(r.erasures)
		if err != nil {
			return err
		}
		r.since = list
	}
	if _, err := os.Lstat(path); err != nil {
		r.forgotten = r.erasures == ""
		return nil
	}
	db, err := store.Open(ctx, store.Options{Database: path, ReadOnly: true})
	if err != nil {
		r.unread = true
		return ended(ctx)
	}
	defer func() { _ = db.Close() }() // it was only read
	list, err := panel.New(db, panel.Options{}).Erasures(ctx)
	if err != nil {
		r.unread = true
		return ended(ctx)
	}
	r.since = append(r.since, list...)
	return nil
}

func (p *program) eraseAgain(ctx context.Context, db *store.DB, r *restoring) error {
	n, err := panel.New(db, panel.Options{}).ReapplyErasures(ctx, r.since)
	if err != nil {
		return err
	}
	if err := db.Purge(ctx); err != nil {
		return err
	}
	switch {
	case r.unread:
		return p.say("The database that was replaced can't be read: who was erased since the backup has to be erased again. " +
			"A list that was kept elsewhere goes with --erasures.")
	case n > 0:
		return p.say(fmt.Sprintf("Erased %s again, who had been erased since the backup.", text.Count(n, "pupil", "pupils")))
	case r.forgotten:
		return p.say("Who was erased after the backup is not known here. A list that was kept elsewhere goes with --erasures.")
	}
	return p.say("Nobody had to be erased again.")
}

// sinceHead says what the restored journal lacks of a head that was signed later, and
// whether that is anything.
func (p *program) sinceHead(ctx context.Context, db *store.DB, r *restoring) (gap bool, err error) {
	if len(r.evidence.Heads) == 0 {
		return false, nil
	}
	report, err := verifyChain(ctx, db, r.evidence)
	fault, is := errors.AsType[audit.Fault](err)
	switch {
	case err != nil && !is:
		return false, err
	case is && fault.Code == audit.Cut:
		last := lastHead(r.evidence.Heads)
		at, err := timeOf(ctx, db, report.Head.Seq)
		if err != nil {
			return true, err
		}
		return true, p.say(missingWords(last.Head.Seq-report.Head.Seq, at) +
			fmt.Sprintf(" The head that was signed at %s is entry %d.", clock(time.UnixMicro(last.At)), last.Head.Seq))
	case is:
		return true, p.say(chainWords(fault))
	}
	return false, p.say(fmt.Sprintf("Nothing is missing that was there when the last head was signed: entry %d.", report.Confirmed))
}

func lastHead(heads []audit.SignedHead) (last audit.SignedHead) {
	for _, h := range heads {
		if h.Head.Seq >= last.Head.Seq {
			last = h
		}
	}
	return last
}

// missingWords is a gap at the end of the journal in words.
func missingWords(n uint64, after time.Time) string {
	if after.IsZero() {
		return text.Count(int(n), "entry is missing: all there was.", "entries are missing: all there were.")
	}
	return text.Count(int(n), "entry", "entries") + " after " + clock(after) + map[bool]string{true: " is missing.", false: " are missing."}[n == 1]
}

// timeOf is when an entry was written; the zero time where there is none.
func timeOf(ctx context.Context, db panel.Store, seq uint64) (at time.Time, err error) {
	if seq == 0 {
		return at, nil
	}
	err = db.View(ctx, func(tx panel.Tx) error {
		for e, err := range tx.Journal().List(seq) {
			if err != nil {
				return err
			}
			at = time.UnixMicro(e.At)
			break
		}
		return nil
	})
	return at, err
}

// clock is a time as the clock on the wall shows it.
func clock(t time.Time) string {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		london = time.UTC // package panel brings the zone along
	}
	return t.In(london).Format("15:04 on Mon 2 Jan 2006")
}
