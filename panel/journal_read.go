package panel

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"time"

	"example.org/backontrack/panel/audit"
)

// A JournalFilter narrows a list of entries. The zero value narrows nothing.
type JournalFilter struct {
	From    uint64 // the first sequence number; 0: 1
	Limit   int    // at most so many that fit; 0, or more than 10,000: 10,000
	Actor   string
	Verb    Verb
	Noun    Noun
	Subject string
	Pupil   Pseudonym
	Outcome string // done, denied, failed
	Since   time.Time
	Before  time.Time
}

const mostListed = 10_000

func (f *JournalFilter) fits(e *audit.Entry) bool {
	return (f.Actor == "" || e.Actor == f.Actor) && (f.Verb == "" || e.Verb == string(f.Verb)) &&
		(f.Noun == "" || e.Noun == string(f.Noun)) && (f.Subject == "" || e.Subject == f.Subject) &&
		(f.Pupil == "" || slices.Contains(e.Pupils, string(f.Pupil))) && (f.Outcome == "" || e.Outcome == f.Outcome) &&
		(f.Since.IsZero() || e.At >= f.Since.UnixMicro()) && (f.Before.IsZero() || e.At < f.Before.UnixMicro())
}

// JournalEntries lists entries of the journal in their order: who did, read or was refused
// what. The next page begins after the last one's sequence number.
func (s *Service) JournalEntries(ctx context.Context, f JournalFilter) ([]audit.Entry, error) {
	return read(ctx, s, NounJournal, VerbList, func(w *work) ([]audit.Entry, error) {
		if err := w.may(about{}); err != nil {
			return nil, err
		}
		if f.Limit <= 0 || f.Limit > mostListed {
			f.Limit = mostListed
		}
		var found []audit.Entry
		for e, err := range w.Journal().List(max(f.From, 1)) {
			if err != nil {
				return nil, err
			}
			if f.fits(&e) {
				found = append(found, e)
			}
			if len(found) == f.Limit {
				break
			}
		}
		var about []Pseudonym
		if f.Pupil != "" {
			about = []Pseudonym{f.Pupil}
		}
		w.note(VerbList, NounJournal, "", about)
		return found, nil
	})
}

// ExportJournal writes the entries from a sequence number on as lines of package audit,
// the one that notes this export among them. It checks no chain.
func (s *Service) ExportJournal(ctx context.Context, out io.Writer, from uint64) error {
	from = max(from, 1)
	if _, err := read(ctx, s, NounJournal, VerbExport, func(w *work) (struct{}, error) {
		if err := w.may(about{}); err != nil {
			return struct{}{}, err
		}
		w.note(VerbExport, NounJournal, "", nil, audit.Pair{Key: "from", Value: strconv.FormatUint(from, 10)})
		return struct{}{}, nil
	}); err != nil {
		return err
	}
	return s.store.View(ctx, func(tx Tx) error { return audit.Write(out, tx.Journal().List(from)) })
}

// VerifyJournal checks the chain from its first entry to its last, and against signed
// heads if the evidence has any. What is wrong with it is an error of kind [Corrupt]
// around an [audit.Fault]; the report says how far it was good.
func (s *Service) VerifyJournal(ctx context.Context, evidence audit.Evidence) (audit.Report, error) {
	var broken error
	report, err := read(ctx, s, NounJournal, VerbVerify, func(w *work) (audit.Report, error) {
		if err := w.may(about{}); err != nil {
			return audit.Report{}, err
		}
		report, err := audit.Verify(w.Journal().List(1), evidence)
		result := "sound"
		if fault, is := errors.AsType[audit.Fault](err); is {
			broken, err = &Error{Kind: Corrupt, Detail: "the journal does not hold together: " + fault.Error(), Err: fault}, nil
			result = string(fault.Code)
		}
		w.note(VerbVerify, NounJournal, "", nil, audit.Pair{Key: "result", Value: result})
		return report, err
	})
	if err == nil {
		err = broken
	}
	return report, err
}

// SignHead signs that the journal ends where it ends now, for keeping elsewhere.
func (s *Service) SignHead(ctx context.Context, key audit.PrivateKey) (audit.SignedHead, error) {
	return read(ctx, s, NounJournal, VerbExport, func(w *work) (audit.SignedHead, error) {
		if err := w.may(about{}); err != nil {
			return audit.SignedHead{}, err
		}
		head, err := w.Journal().Head()
		if err != nil {
			return audit.SignedHead{}, err
		}
		w.note(VerbExport, NounJournal, "head", nil)
		return audit.SignHead(key, head, w.Now().UnixMicro()), nil
	})
}
