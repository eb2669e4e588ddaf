package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/audit"
	"example.org/backontrack/panel/store"
)

// audit is the command panel audit.
func (p *program) audit() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "audit",
		Short: "Check the journal, export it, and sign where it ends",
		Long: "The journal says who did, read or was refused what. Each entry holds the hash of the one before. Whoever keeps\n" +
			"signed heads where the database is not can show that no entry was changed, and that none was cut off.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(p.auditVerify(), p.auditExport(), p.auditSign(), p.auditKey())
	return cmd
}

func evidenceFlags(cmd *cobra.Command, heads, keys *[]string) {
	cmd.Flags().StringArrayVar(heads, "head", nil, "a `FILE` with a head that panel audit sign wrote; may be given again")
	cmd.Flags().StringArrayVar(keys, "key", nil, "a `FILE` with the public key that signed the heads; may be given again")
}

// evidence reads heads and keys.
func evidence(heads, keys []string) (e audit.Evidence, err error) {
	if len(heads) > 0 && len(keys) == 0 {
		return e, errors.New("--head wants --key too: anybody could have written a head")
	}
	for _, file := range keys {
		content, err := os.ReadFile(file)
		if err != nil {
			return e, &answerError{err}
		}
		key, err := audit.ParsePublicKey(string(content))
		if err != nil {
			return e, &answerError{fmt.Errorf("%s is no public key of a journal: panel audit key makes one", file)}
		}
		e.Trusted = append(e.Trusted, key)
	}
	for _, file := range heads {
		content, err := os.ReadFile(file)
		if err != nil {
			return e, &answerError{err}
		}
		head, err := audit.ParseHead(string(content))
		if err != nil {
			return e, &answerError{fmt.Errorf("%s is no head of a journal: panel audit sign writes one", file)}
		}
		if !head.SignedBy(e.Trusted...) {
			return e, &answerError{fmt.Errorf("%s was not signed by the key that was given", file)}
		}
		e.Heads = append(e.Heads, head)
	}
	return e, nil
}

func (p *program) auditVerify() *cobra.Command {
	var heads, keys []string
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Check the chain of the journal, and signed heads against it",
		Long: "verify reads the journal from its first entry to its last. An entry that was changed, put in, taken out or\n" +
			"swapped breaks the chain. Entries that were cut off at the end, and a chain that was computed anew, show only\n" +
			"against heads that were kept elsewhere. It changes nothing, and may run beside a server. The exit status is 3\n" +
			"if the journal does not hold together.",
		Example: "  panel audit verify\n  panel audit verify --head head-2026-11.txt --key journal.pub",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			known, err := evidence(heads, keys)
			if err != nil {
				return err
			}
			return p.looking(cmd, func(ctx context.Context, db *store.DB) error { return p.verified(ctx, db, known) })
		},
	}
	evidenceFlags(cmd, &heads, &keys)
	return cmd
}

func (p *program) verified(ctx context.Context, db *store.DB, known audit.Evidence) error {
	report, err := verifyChain(ctx, db, known)
	if err != nil {
		fault, is := errors.AsType[audit.Fault](err)
		if !is {
			return err
		}
		said := []string{chainWords(fault)}
		if fault.Code == audit.Cut {
			at, err := timeOf(ctx, db, report.Head.Seq)
			if err != nil {
				return err
			}
			said = append(said, missingWords(lastHead(known.Heads).Head.Seq-report.Head.Seq, at))
		}
		if err := p.say(said...); err != nil {
			return err
		}
		return errBroken
	}
	said := []string{text.Count(int(report.Entries), "entry", "entries") + " of the journal: the chain holds."}
	switch {
	case len(known.Heads) == 0:
		said = append(said, "Without a signed head, entries that were cut off at the end would not show: panel audit sign writes one.")
	default:
		said = append(said, fmt.Sprintf("%s found in it, the last at entry %d. What came after that could be cut unseen.",
			text.Count(report.Heads, "signed head", "signed heads"), report.Confirmed))
	}
	if report.Skew.Times > 0 {
		said = append(said, fmt.Sprintf("The clock went back %s, first at entry %d, by at most %s.",
			text.Count(int(report.Skew.Times), "time", "times"), report.Skew.First, time.Duration(report.Skew.Most)*time.Microsecond))
	}
	return p.say(said...)
}

var faultWords = map[audit.Code]string{
	audit.Untrusted: "a head that no trusted key signed",
	audit.Malformed: "it can't be an entry",
	audit.Missing:   "an entry is missing here",
	audit.Repeated:  "an earlier entry stands here",
	audit.Edited:    "it was changed: its hash is not that of what it says",
	audit.Unlinked:  "it does not follow from the entry before it",
	audit.Rewritten: "it is another entry than the head that was signed",
	audit.Cut:       "the journal ends before a head that was signed",
}

func chainWords(f audit.Fault) string {
	said := fmt.Sprintf("The journal does not hold together at entry %d (%s): %s.", f.Seq, f.Code, faultWords[f.Code])
	if f.Since < f.Seq {
		said += fmt.Sprintf(" Whatever comes from entry %d on may be wrong.", f.Since)
	}
	return said
}

func (p *program) auditExport() *cobra.Command {
	var from uint64
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the journal as lines of JSON, to keep or check elsewhere",
		Long: "export writes an entry a line, as docs/reference/journal.md describes it. The export is itself an entry, the\n" +
			"last that is written. There is no name of a pupil in it, but their pseudonyms.",
		Example: "  panel audit export > journal.ndjson\n  panel audit export --from 1001 >> journal.ndjson",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.serving(cmd, func(ctx context.Context, s *panel.Service) error {
				out := &sink{p.stdout, nil}
				if err := s.ExportJournal(ctx, out, from); err != nil {
					if out.err != nil {
						return &writeError{out.err}
					}
					return err
				}
				return nil
			})
		},
	}
	cmd.Flags().Uint64Var(&from, "from", 1, "the first entry, by its `NUMBER`")
	return cmd
}

func (p *program) auditSign() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "sign",
		Short: "Sign where the journal ends now, for keeping elsewhere",
		Long: "sign writes a head: which entry is the last, its hash, the time, and a signature. Kept where whoever runs the\n" +
			"database can't change it, it shows later that nothing was cut off or changed before it. It may run beside a server.",
		Example: "  panel audit sign --key journal.key > head-2026-11-23.txt",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			key, err := privateKey(file)
			if err != nil {
				return err
			}
			return p.looking(cmd, func(ctx context.Context, db *store.DB) error {
				head, err := headOf(ctx, db)
				if err != nil {
					return err
				}
				return p.writeText(audit.SignHead(key, head, time.Now().UnixMicro()).Text())
			})
		},
	}
	cmd.Flags().StringVar(&file, "key", "", "the `FILE` with the private key")
	_ = cmd.MarkFlagRequired("key") // fails only for a flag that is not there
	return cmd
}

// privateKey reads the key that signs. One that others can read proves nothing any more.
func privateKey(file string) (key audit.PrivateKey, err error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return key, &answerError{err}
	}
	if key, err = audit.ParsePrivateKey(string(content)); err != nil {
		return key, &answerError{fmt.Errorf("%s is no private key of a journal: panel audit key makes one", file)}
	}
	info, err := os.Stat(file)
	if err != nil {
		return key, &answerError{err}
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 { // Windows has no such modes
		return audit.PrivateKey{}, &answerError{fmt.Errorf("others can read or change the private key %s: chmod 600 mends that; "+
			"if somebody may have read it, make another with panel audit key", file)}
	}
	return key, nil
}

func (p *program) auditKey() *cobra.Command {
	var origin, out string
	cmd := &cobra.Command{
		Use:   "key",
		Short: "Make the pair of keys that sign the heads of a journal",
		Long: "key writes a private key, which only its owner can read, and beside it the public key, for whoever verifies.\n" +
			"The origin is the journal's name, such as journal.example.org/thornmere: a key signs for that journal alone.",
		Example: "  panel audit key --origin journal.example.org/thornmere\n" +
			"  panel audit key --origin journal.example.org/thornmere --out /etc/panel/journal",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			key, err := audit.GenerateKey(origin, rand.Reader)
			if err != nil {
				return &answerError{err}
			}
			for _, f := range []struct {
				name, text string
				mode       os.FileMode
			}{{out + ".key", key.Text(), 0o600}, {out + ".pub", key.Public().Text(), 0o644}} {
				if err := writeNew(f.name, f.text+"\n", f.mode); err != nil {
					return err
				}
			}
			return p.say(
				fmt.Sprintf("Wrote the private key %s.key: keep it where the backups of the database are not.", out),
				fmt.Sprintf("Wrote the public key %s.pub: give it to whoever verifies.", out),
			)
		},
	}
	cmd.Flags().StringVar(&origin, "origin", "", "the `NAME` of the journal")
	cmd.Flags().StringVar(&out, "out", "journal", "the `FILES` to write, without .key and .pub")
	_ = cmd.MarkFlagRequired("origin") // fails only for a flag that is not there
	return cmd
}
