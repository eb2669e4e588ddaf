package panel

import (
	"context"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/audit"
	"example.org/backontrack/panel/form"
)

// An EntryInput is what somebody writes into a register. What is said of a matter later
// says all of it anew, but for whom it is about.
type EntryInput struct {
	Act      EntryAct
	Subject  string         // the matter: of open empty
	Pupils   []PupilID      // of a keep-apart that is opened: two
	Areas    []string       // of a rivalry that is opened: two outcodes or estates
	Scope    matching.Scope // of a keep-apart: how near is too near; not of close
	Reason   string         // a code: RegisterReasons, or CloseReasons
	Text     string         // the evidence, or why it ends
	Source   string         // a code: RegisterSources
	Grade    form.Grade
	Until    calendar.Date // the last day; zero: until it is closed
	ReviewOn calendar.Date // needed where there is no last day
}

// KeepApart writes into the register of pupils who are kept apart by name (R7).
func (s *Service) KeepApart(ctx context.Context, in EntryInput) (RegisterEntry, error) {
	return s.record(ctx, KeepApartRegister, in)
}

// Rivalry writes into the register of areas that are at odds (R4). It is of places, and
// no entry names a child.
func (s *Service) Rivalry(ctx context.Context, in EntryInput) (RegisterEntry, error) {
	return s.record(ctx, RivalryRegister, in)
}

// record adds an entry. Errors: Invalid with all faults; WrongState, when the matter is
// closed and not reopened, or open and not closed; Conflict, when there is an open
// matter of the same two already.
func (s *Service) record(ctx context.Context, kind RegisterKind, in EntryInput) (RegisterEntry, error) {
	return do(ctx, s, NounRegister, VerbRecord, func(w *work) (RegisterEntry, error) {
		var none RegisterEntry
		if err := w.may(about{}); err != nil {
			return none, err
		}
		if kind == KeepApartRegister && len(in.Pupils) > 0 {
			if err := w.Lock(nil, sortedSet(in.Pupils)); err != nil {
				return none, err
			}
		}
		all, err := matters(w.Tx, kind)
		if err != nil {
			return none, err
		}
		if err := w.checkEntry(kind, &in); err != nil {
			return none, err
		}
		e := RegisterEntry{
			ID: EntryID(w.id()), Subject: in.Subject, Kind: kind, Act: in.Act, Pupils: sortedSet(in.Pupils), Areas: normalAreas(in.Areas),
			Scope: in.Scope, Reason: in.Reason, Text: in.Text, Source: in.Source, Grade: in.Grade, Until: in.Until,
			ReviewOn: in.ReviewOn, By: w.person.ID, At: w.Now(),
		}
		if err := e.join(all); err != nil {
			return none, err
		}
		pupils, err := w.pseudonymsOf(e.Pupils)
		if err != nil {
			return none, err
		}
		w.note(VerbRecord, NounRegister, e.Subject, pupils,
			audit.Pair{Key: "act", Value: string(e.Act)}, audit.Pair{Key: "kind", Value: string(kind)})
		return e, w.Register().Add(&e)
	})
}

// join ties an entry to its matter: a new one, or one that is there.
func (e *RegisterEntry) join(all []matter) error {
	if e.Act == OpenEntry {
		e.Subject = string(e.ID)
		return e.alone(all)
	}
	i := slices.IndexFunc(all, func(m matter) bool { return m[0].Subject == e.Subject })
	if i < 0 {
		return Errorf(NotFound, "there is no such matter in the register")
	}
	m := all[i]
	if m.closed() != (e.Act == ReopenEntry) {
		out := &Error{Kind: WrongState, Detail: "the matter is open: it can be amended or closed", State: Open}
		if m.closed() {
			out.Detail, out.State = "the matter is closed: it can be reopened", Closed
		}
		return out
	}
	was := m.now()
	e.Pupils, e.Areas = was.Pupils, was.Areas
	if e.Act == CloseEntry { // it ends as what it was
		e.Scope, e.Source, e.Grade = was.Scope, was.Source, was.Grade
	}
	if e.Act == ReopenEntry {
		return e.alone(all)
	}
	return nil
}

// alone refuses a second open matter of the same two.
func (e *RegisterEntry) alone(all []matter) error {
	for _, m := range all {
		if !m.closed() && slices.Equal(m.now().Pupils, e.Pupils) && slices.Equal(m.now().Areas, e.Areas) {
			return Errorf(Conflict, "the same two have an open matter already: %s", m[0].Subject)
		}
	}
	return nil
}

func (w *work) pseudonymsOf(pupils []PupilID) ([]Pseudonym, error) {
	var list []Referral
	for _, p := range pupils {
		list = append(list, Referral{Pupil: p})
	}
	return w.pseudonyms(list...)
}

func sortedSet[S ~string](list []S) []S {
	out := slices.Clone(list)
	slices.Sort(out)
	return slices.Compact(out)
}
