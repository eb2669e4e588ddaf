package panel

import (
	"context"
	"slices"
	"strconv"

	"example.org/backontrack/panel/form"
)

// Referral is one referral, as far as the caller may see it.
func (s *Service) Referral(ctx context.Context, id ReferralID) (Referral, error) {
	return read(ctx, s, NounReferral, VerbRead, func(w *work) (Referral, error) {
		r, err := w.findReferral(id)
		if err != nil {
			return r, err
		}
		shown, err := w.shown(r)
		if err != nil {
			return shown, err
		}
		pupils, err := w.pseudonyms(r)
		w.noteRead(VerbRead, NounReferral, string(r.ID), pupils, classesOf(shown.Form))
		return shown, err
	})
}

// ReferralFilter says which referrals are asked for.
type ReferralFilter struct {
	States []State    // any of these; none: all
	After  ReferralID // go on after this one
	Limit  int        // at most so many, up to [MostListed]; 0: as many
}

// MostListed is how many referrals one page has at most.
const MostListed = 50

// ReferralPage is part of a list of referrals, in the order of their ids.
type ReferralPage struct {
	Items []Referral
	Next  ReferralID // ask again after this one; empty: there are no more
}

// Referrals lists what the caller may see of the referrals that the caller reaches.
func (s *Service) Referrals(ctx context.Context, f ReferralFilter) (ReferralPage, error) {
	return read(ctx, s, NounReferral, VerbList, func(w *work) (ReferralPage, error) {
		where, err := w.canList()
		if err != nil {
			return ReferralPage{}, err
		}
		if f.Limit < 0 || f.Limit > MostListed {
			return ReferralPage{}, invalid("the page is not as it has to be", []Fault{{"/limit", "range", "1 to " + strconv.Itoa(MostListed)}})
		}
		if f.Limit == 0 {
			f.Limit = MostListed
		}
		if len(f.States) > 0 {
			where = append(where, Is(ByState, f.States...))
		}
		return w.page(f, where)
	})
}

// canList is nil when some role of the caller may list referrals, and narrows the list to
// the caller's schools where no other role goes further.
func (w *work) canList() ([]Where, error) {
	if err := w.may(about{}); KindOf(err) == Forbidden {
		return nil, err
	}
	var schools []OrganisationID
	for _, row := range reach(w.roles(), w.noun, w.verb) {
		if row.Scope != OwnSchools {
			return nil, nil
		}
		for _, g := range w.grants {
			if g.Role == row.Role {
				schools = append(schools, g.Organisation)
			}
		}
	}
	return []Where{Is(BySchool, schools...)}, nil
}

// page reads on until the page is full, and one further to know whether there are more.
func (w *work) page(f ReferralFilter, where []Where) (ReferralPage, error) {
	page := ReferralPage{}
	var pupils []Pseudonym
	var classes []string
	for r, err := range w.Referrals().List(append(where, Page(f.After, everything))...) {
		if err != nil {
			return page, err
		}
		if err := w.may(about{school: r.School, referral: &r}); KindOf(err) == NotFound {
			continue
		} else if err != nil {
			return page, err
		}
		if len(page.Items) == f.Limit {
			page.Next = page.Items[f.Limit-1].ID
			break
		}
		shown, err := w.shown(r)
		if err != nil {
			return page, err
		}
		page.Items = append(page.Items, shown)
		whose, err := w.pseudonyms(r)
		if err != nil {
			return page, err
		}
		pupils = append(pupils, whose...)
		classes = append(classes, classesOf(shown.Form)...)
	}
	if len(page.Items) > 0 {
		slices.Sort(classes)
		w.noteRead(VerbList, NounReferral, "", pupils, slices.Compact(classes))
	}
	return page, nil
}

// everything is more than any list has.
const everything = 1 << 30

// A Completeness lists what a referral lacks at each gate (D3). What one gate lacks, the
// later ones lack too.
type Completeness struct {
	Submit []Missing // to be handed in
	Panel  []Missing // to go before the panel
	Start  []Missing // for a placement to begin
}

// Completeness is what a referral lacks, of what the caller may see.
func (s *Service) Completeness(ctx context.Context, id ReferralID) (Completeness, error) {
	return read(ctx, s, NounReferral, VerbRead, func(w *work) (Completeness, error) {
		var c Completeness
		r, err := w.findReferral(id)
		if err != nil {
			return c, err
		}
		sees, err := w.sightOf(&r)
		if err != nil {
			return c, err
		}
		lists := []*[]Missing{&c.Submit, &c.Panel, &c.Start}
		for i, gate := range form.Gates() {
			if *lists[i], err = w.lackingTo(sees, &r, gate); err != nil {
				return c, err
			}
		}
		pupils, err := w.pseudonyms(r)
		w.noteRead(VerbRead, NounReferral, string(r.ID), pupils, nil)
		return c, err
	})
}

// lackingTo is what a referral lacks at a gate, of what somebody may see.
func (w *work) lackingTo(sees sight, r *Referral, gate form.Gate) ([]Missing, error) {
	lacking, err := w.lacking(r, gate, form.CaseOf(r.Form))
	var missing []Missing
	if sees.panel || sees.school {
		missing = openQuestions(r)
	}
	for _, m := range lacking {
		if sees.seesMissing(m) {
			missing = append(missing, m)
		}
	}
	return missing, err
}

func (s sight) seesMissing(m Missing) bool {
	if m.Document == "" {
		return s.seesField(m.Field)
	}
	d, ok := form.LookupDocument(m.Document)
	return ok && s.sees(d.Class, form.Attachments)
}

// gate is Incomplete with all that is missing, or nil.
func (w *work) gate(r *Referral, gate form.Gate) error {
	lacking, err := w.lacking(r, gate, form.CaseOf(r.Form))
	if err != nil {
		return err
	}
	if missing := append(openQuestions(r), lacking...); len(missing) > 0 {
		return &Error{Kind: Incomplete, Detail: "something has to be there first", Missing: missing}
	}
	return nil
}

// openQuestions are those that came with a return and have no reply.
func openQuestions(r *Referral) []Missing {
	var missing []Missing
	for i, q := range r.Questions {
		if q.Settled.IsZero() {
			missing = append(missing, Missing{
				Pointer: "/questions/" + strconv.Itoa(i), Label: "Reply to a question", Gate: form.Submit, Why: form.NotAnswered,
			})
		}
	}
	return missing
}

// lacking is what the form and the documents lack at a gate. Documents count for the start
// only once the receiving centre has them (D4).
func (w *work) lacking(r *Referral, gate form.Gate, c form.Case) ([]Missing, error) {
	documents, err := gather(w.Documents().List(Is(ByReferral, r.ID)))
	if err != nil {
		return nil, err
	}
	var held []form.DocumentKind
	for _, d := range documents {
		if gate != form.Start || d.Received != 0 {
			held = append(held, d.Kind)
		}
	}
	missing := form.Complete(r.Form, held, gate, c)
	agreed, err := w.termsAgreed(r.Form)
	if err != nil {
		return nil, err
	}
	const terms = "agreed.provider_terms"
	there := slices.ContainsFunc(missing, func(m Missing) bool { return m.Field == terms })
	if !agreed && !there {
		f, _ := form.Lookup(terms)
		missing = append(missing, Missing{Pointer: "/answers/" + terms, Field: terms, Label: f.Label, Gate: form.Submit, Why: form.NotAgreed})
	}
	return missing, nil
}

// termsAgreed tells whether the school agreed to the terms of the provisions that it asks
// for, before it refers and as they are now (W10).
func (w *work) termsAgreed(f form.Form) (bool, error) {
	agreed, _ := f.YesNo("agreed.provider_terms")
	answer, _ := f.Answer("agreed.provider_terms", 0)
	wanted, _ := f.Codes("referral.provisions")
	for _, id := range wanted {
		o, err := w.Organisations().Get(OrganisationID(id))
		if KindOf(err) == NotFound {
			continue
		}
		if err != nil {
			return false, err
		}
		if o.Terms != "" && (!agreed || answer.On < o.TermsFrom) {
			return false, nil
		}
	}
	return true, nil
}
