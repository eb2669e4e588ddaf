package panel

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/backontrack/panel/audit"
	"example.org/backontrack/panel/form"
)

// DraftInput is what a referral begins with.
type DraftInput struct {
	School OrganisationID // who refers: a school, a unit, an authority or another agency (D7)
	Pupil  PupilID        // an existing record; empty: that of the form's UPN, or a new one
	Form   form.Form      // may be incomplete, and nothing in it may be wrong
}

// Draft begins a referral.
func (s *Service) Draft(ctx context.Context, in DraftInput) (Referral, error) {
	return onceMore(func() (Referral, error) {
		return do(ctx, s, NounReferral, VerbDraft, func(w *work) (Referral, error) {
			if err := w.may(about{school: in.School}); err != nil {
				return Referral{}, err
			}
			state, err := step(NounReferral, "", VerbDraft)
			if err != nil {
				return Referral{}, err
			}
			f, faults, err := w.checkForm(in.Form)
			if err != nil {
				return Referral{}, err
			}
			if faults, err = w.checkSchool(in.School, faults); err != nil {
				return Referral{}, err
			}
			if len(faults) > 0 {
				return Referral{}, invalid("the referral is not as it has to be", faults)
			}
			pupil, err := w.tie(in.School, in.Pupil, identityOf(f))
			if err != nil {
				return Referral{}, err
			}
			r := Referral{ID: ReferralID(w.id()), Pupil: pupil.ID, School: in.School, State: state, Form: f, Created: w.Now()}
			if err := w.Referrals().Add(&r); err != nil {
				return Referral{}, err
			}
			w.note(VerbDraft, NounReferral, string(r.ID), []Pseudonym{pupil.Pseudonym})
			return w.shown(r)
		})
	})
}

// onceMore runs a verb again when it met another that took the same UPN at the same time:
// now it finds the record. Whoever asks would else learn from the conflict.
func onceMore(verb func() (Referral, error)) (Referral, error) {
	r, err := verb()
	if KindOf(err) == Conflict {
		return verb()
	}
	return r, err
}

// Edit replaces the form of a referral that is a draft or came back.
func (s *Service) Edit(ctx context.Context, id ReferralID, version int, f form.Form) (Referral, error) {
	return onceMore(func() (Referral, error) {
		return s.refer(ctx, VerbEdit, id, version, func(w *work, r *Referral) ([]audit.Pair, error) {
			f, faults, err := w.checkForm(f)
			if err != nil {
				return nil, err
			}
			if len(faults) > 0 {
				return nil, invalid("the form is not as it has to be", faults)
			}
			before := identityOf(r.Form)
			r.Form = f
			return nil, w.retie(r, before, identityOf(f))
		})
	})
}

// A Reply answers a question that came with a return.
type Reply struct {
	Question int // its place among the referral's questions, from 0
	Text     string
}

// Submit hands a referral in, for the first time or again. Everything that the form needs
// for that has to be there, and every question that is open needs a reply.
func (s *Service) Submit(ctx context.Context, id ReferralID, version int, replies ...Reply) (Referral, error) {
	return s.refer(ctx, VerbSubmit, id, version, func(w *work, r *Referral) ([]audit.Pair, error) {
		if err := settle(r, replies, w.Now()); err != nil {
			return nil, err
		}
		if err := w.gate(r, form.Submit); err != nil {
			return nil, err
		}
		r.Submitted = w.Now()
		if r.Received == 0 {
			r.Received = w.day
		}
		return []audit.Pair{{Key: "returns", Value: strconv.Itoa(r.Returns)}}, nil
	})
}

// Return sends a referral back to the school with questions: pointer, if it is about one
// field, and text of each.
func (s *Service) Return(ctx context.Context, id ReferralID, version int, questions []Question) (Referral, error) {
	return s.refer(ctx, VerbReturn, id, version, func(w *work, r *Referral) ([]audit.Pair, error) {
		var faults []Fault
		if len(questions) == 0 || len(questions) > mostQuestions {
			faults = append(faults, Fault{"/questions", "count", "one question or more, up to " + strconv.Itoa(mostQuestions)})
		}
		for i, q := range questions {
			at := "/questions/" + strconv.Itoa(i)
			if !aboutForm(q.Pointer) {
				faults = append(faults, Fault{at + "/pointer", "pointer", "a field of the form, such as /answers/pupil.year, or nothing"})
			}
			faults = append(faults, checkText(at+"/text", q.Text, 1)...)
		}
		if len(faults) > 0 {
			return nil, invalid("the questions are not as they have to be", faults)
		}
		for _, q := range questions {
			r.Questions = append(r.Questions, Question{Pointer: q.Pointer, Text: q.Text, Asked: w.Now(), By: w.person.ID})
		}
		r.Returns++
		return []audit.Pair{{Key: "questions", Value: strconv.Itoa(len(questions))}}, nil
	})
}

// mostQuestions bounds what one return may ask.
const mostQuestions = 50

// aboutForm tells whether a pointer names a field of the form, the documents, or nothing.
func aboutForm(pointer string) bool {
	if pointer == "" || pointer == "/documents" {
		return true
	}
	key, isAnswer := strings.CutPrefix(pointer, "/answers/")
	key, item, inRow := strings.Cut(key, "/")
	if _, known := form.Lookup(key); !isAnswer || !known {
		return false
	}
	if !inRow {
		return true
	}
	row, name, _ := strings.Cut(item, "/")
	_, known := form.Lookup(key + "." + name)
	n, err := strconv.Atoi(row)
	return err == nil && n > 0 && (name == "" || known)
}

// Ready says that a referral can go before the panel: what the panel needs is there.
func (s *Service) Ready(ctx context.Context, id ReferralID, version int) (Referral, error) {
	return s.refer(ctx, VerbReady, id, version, func(w *work, r *Referral) ([]audit.Pair, error) {
		return nil, w.gate(r, form.Panel)
	})
}

// A WithdrawReason is why a referral was taken back.
type WithdrawReason string

// The reasons for taking a referral back.
const (
	NoLongerNeeded WithdrawReason = "no_longer_needed"
	LeftSchool     WithdrawReason = "left_school"
	FamilyRefuses  WithdrawReason = "family_refuses"
	AnotherRoute   WithdrawReason = "another_route"
	SameReferral   WithdrawReason = "duplicate"
	ByMistake      WithdrawReason = "mistake"
)

// WithdrawReasons are all of them, in the order of the documentation.
func WithdrawReasons() []WithdrawReason {
	return []WithdrawReason{NoLongerNeeded, LeftSchool, FamilyRefuses, AnotherRoute, SameReferral, ByMistake}
}

// Withdraw takes a referral back, unless it is decided. The agenda and what a meeting
// leaned to are free again.
func (s *Service) Withdraw(ctx context.Context, id ReferralID, version int, reason WithdrawReason) (Referral, error) {
	return s.refer(ctx, VerbWithdraw, id, version, func(w *work, r *Referral) ([]audit.Pair, error) {
		if !slices.Contains(WithdrawReasons(), reason) {
			return nil, invalid("the reason is not as it has to be", []Fault{{"/reason", "code", "a code of the list of reasons for taking back"}})
		}
		if err := w.free(r); err != nil {
			return nil, err
		}
		return []audit.Pair{{Key: "reason", Value: string(reason)}}, nil
	})
}

// free takes a referral off the agenda of a meeting that is not over, and drops what was
// leaned to for it.
func (w *work) free(r *Referral) error {
	leanings, err := gather(w.Tentatives().List(Is(ByReferral, r.ID)))
	if err != nil {
		return err
	}
	for _, t := range leanings {
		if err := w.Tentatives().Delete(t.ID); err != nil {
			return err
		}
	}
	if r.Meeting == "" {
		return nil
	}
	m, err := w.Meetings().Get(r.Meeting)
	if err != nil || m.State == Closed || !slices.Contains(m.Agenda, r.ID) {
		return err
	}
	m.Agenda = slices.DeleteFunc(slices.Clone(m.Agenda), func(on ReferralID) bool { return on == r.ID })
	return w.Meetings().Put(&m)
}

// refer runs a verb on one referral: who may, which version, which state, the change,
// and the line of the journal with what change adds to it.
func (s *Service) refer(
	ctx context.Context, verb Verb, id ReferralID, version int, change func(*work, *Referral) ([]audit.Pair, error),
) (Referral, error) {
	return do(ctx, s, NounReferral, verb, func(w *work) (Referral, error) {
		r, err := w.findReferral(id)
		if err != nil {
			return r, err
		}
		if r.Version != version {
			return r, Errorf(Stale, "the referral was changed since it was read")
		}
		to, err := step(NounReferral, r.State, verb)
		if err != nil {
			return r, err
		}
		detail, err := change(w, &r)
		if err != nil {
			return r, err
		}
		r.State = to
		if err := w.Referrals().Put(&r); err != nil {
			return r, err
		}
		pupils, err := w.pseudonyms(r)
		if err != nil {
			return r, err
		}
		w.note(verb, NounReferral, string(r.ID), pupils, detail...)
		return w.shown(r)
	})
}

// findReferral loads a referral that the caller may do the verb to. One that is not there
// and one that is not theirs read the same.
func (w *work) findReferral(id ReferralID) (Referral, error) {
	r, err := w.Referrals().Get(id)
	if KindOf(err) == NotFound {
		if err := w.may(about{}); err != nil {
			return r, err
		}
		return r, absent(w.noun)
	}
	if err != nil {
		return r, err
	}
	return r, w.may(about{school: r.School, referral: &r})
}

// settle writes the replies to the questions that are open.
func settle(r *Referral, replies []Reply, now time.Time) error {
	var faults []Fault
	for i, reply := range replies {
		at := "/replies/" + strconv.Itoa(i)
		open := reply.Question >= 0 && reply.Question < len(r.Questions) && r.Questions[reply.Question].Settled.IsZero()
		again := slices.ContainsFunc(replies[:i], func(other Reply) bool { return other.Question == reply.Question })
		if !open || again {
			faults = append(faults, Fault{at + "/question", "question", "a question that is open, each once"})
		}
		faults = append(faults, checkText(at+"/text", reply.Text, 1)...)
	}
	if len(faults) > 0 {
		return invalid("the replies are not as they have to be", faults)
	}
	r.Questions = slices.Clone(r.Questions)
	for _, reply := range replies {
		r.Questions[reply.Question].Answer, r.Questions[reply.Question].Settled = reply.Text, now
	}
	return nil
}

// checkForm brings the form to its one spelling, and reports everything that is wrong.
func (w *work) checkForm(f form.Form) (form.Form, []Fault, error) {
	f = form.Normalise(f)
	var faults []Fault
	for _, fault := range form.Check(f, w.day).Wrong() {
		faults = append(faults, Fault{fault.Pointer, fault.Code, fault.Detail})
	}
	wanted, _ := f.Codes("referral.provisions")
	for _, id := range wanted {
		o, err := w.Organisations().Get(OrganisationID(id))
		if err != nil && KindOf(err) != NotFound {
			return f, nil, err
		}
		if err != nil || o.Kind != Provision {
			faults = append(faults, Fault{"/answers/referral.provisions", "reference", "the ids of provisions"})
			break
		}
	}
	wanted, _ = f.Codes("referral.wants_groups")
	for _, id := range wanted {
		_, err := w.Groups().Get(GroupID(id))
		if KindOf(err) == NotFound {
			faults = append(faults, Fault{"/answers/referral.wants_groups", "reference", "the ids of groups"})
			break
		}
		if err != nil {
			return f, nil, err
		}
	}
	return f, faults, nil
}

// checkSchool adds what is wrong with who refers.
func (w *work) checkSchool(id OrganisationID, faults []Fault) ([]Fault, error) {
	o, err := w.Organisations().Get(id)
	switch {
	case KindOf(err) == NotFound:
		return append(faults, Fault{"/school", "reference", "the id of an organisation"}), nil
	case err != nil:
		return faults, err
	case o.Closed != 0 && o.Closed < w.day:
		return append(faults, Fault{"/school", "closed", "an organisation that is open"}), nil
	}
	return faults, nil
}

// invalid is an error that lists what is wrong.
func invalid(detail string, faults []Fault) error {
	return &Error{Kind: Invalid, Detail: detail, Faults: faults}
}
