package panel

import (
	"cmp"
	"slices"
	"strings"

	"example.org/backontrack/panel/form"
)

// identity is what a form says of who the pupil is, as it is compared.
type identity struct{ upn, name, looks, born string }

func identityOf(f form.Form) identity {
	surname, _ := f.Text("pupil.surname")
	forename, _ := f.Text("pupil.forename")
	upn, _ := f.Text("pupil.upn")
	i := identity{upn: upn, name: form.MatchKey(surname, forename), looks: form.LooksLike(surname, forename)}
	if born, known := f.Date("pupil.date_of_birth"); known {
		i.born = born.String()
	}
	return i
}

// matchKey and looksLike are empty until name and date of birth are both known: a name
// alone is many people's.
func (i identity) matchKey() string  { return joined(i.name, i.born) }
func (i identity) looksLike() string { return joined(i.looks, i.born) }

func joined(name, born string) string {
	if name == "" || born == "" {
		return ""
	}
	return name + "/" + born
}

// fits tells whether a record with the same UPN is the same pupil's. A name or a date of
// birth may have been mistyped, or have changed, but when both are another's, it is the
// UPN that was mistyped: a wrong tie would hide whom the pupil must be kept apart from.
func fits(p *Pupil, i identity) bool {
	if p.MatchKey == "" || i.matchKey() == "" {
		return true
	}
	name, born, _ := strings.Cut(p.MatchKey, "/")
	looks, _, _ := strings.Cut(p.LooksLike, "/")
	return name == i.name || looks == i.looks || born == i.born
}

// tie finds the record that the school's referral of this pupil belongs to: the one named,
// or the one that has the form's UPN, or a new one.
//
// A UPN is one pupil's, so a record that has it is taken without a word, whichever school
// it came from. The school learns nothing from that: its answers look the same either way,
// and which record it is, it is not told (see sight.show). Records that merely look alike
// are left for a person to merge ([Service.Duplicates]).
func (w *work) tie(school OrganisationID, named PupilID, i identity) (Pupil, error) {
	if named != "" {
		return w.named(school, named, i)
	}
	found, ok, err := w.withUPN(i, "")
	if err != nil || ok {
		return found, err
	}
	p := Pupil{ID: PupilID(w.id()), Pseudonym: Pseudonym(w.id()), MatchKey: i.matchKey(), LooksLike: i.looksLike()}
	if p.UPN, err = w.upnFor(p.ID, i.upn); err != nil {
		return p, err
	}
	return p, w.Pupils().Add(&p)
}

// named is the record that the caller names, or the one that goes on in its place. A
// school may name one only that it has referred before.
func (w *work) named(school OrganisationID, id PupilID, i identity) (Pupil, error) {
	p, err := w.Pupils().Get(id)
	if KindOf(err) == NotFound {
		return p, absent(NounPupil)
	}
	if err != nil {
		return p, err
	}
	if !slices.ContainsFunc(reach(w.roles(), NounPupil, VerbRead), func(a Access) bool { return a.Scope == All }) {
		ours, err := w.referredBy(id, school)
		if err != nil {
			return p, err
		}
		if !ours {
			return p, absent(NounPupil)
		}
	}
	if p, err = livingRecord(w.Tx, p.ID); err != nil {
		return p, err
	}
	if p.UPN != "" && i.upn != "" && p.UPN != i.upn {
		return p, &Error{Kind: Invalid, Detail: "the form is not about this pupil", Faults: []Fault{
			{Pointer: "/answers/pupil.upn", Code: "other_pupil", Detail: "the unique pupil number of the record that was named"},
		}}
	}
	if p.UPN == "" && i.upn != "" {
		if p.UPN, err = w.upnFor(p.ID, i.upn); err != nil || p.UPN == "" {
			return p, err
		}
		return p, w.Pupils().Put(&p)
	}
	return p, nil
}

// withUPN finds the record, other than one, of the pupil with the identity's UPN: the one
// that stands and has it, or the one that goes on in place of one that had it.
func (w *work) withUPN(i identity, other PupilID) (Pupil, bool, error) {
	if i.upn == "" {
		return Pupil{}, false, nil
	}
	records, err := gather(w.Pupils().List(Is(ByUPN, i.upn)))
	if err != nil {
		return Pupil{}, false, err
	}
	slices.SortStableFunc(records, func(a, b Pupil) int { return cmp.Compare(len(a.Merged), len(b.Merged)) })
	for _, p := range records {
		if !fits(&p, i) {
			continue
		}
		if p, err = livingRecord(w.Tx, p.ID); err != nil {
			return p, false, err
		}
		if p.ID != other {
			return p, true, nil
		}
	}
	return Pupil{}, false, nil
}

// referredBy tells whether the school has referred the pupil.
func (w *work) referredBy(pupil PupilID, school OrganisationID) (bool, error) {
	referrals, err := gather(w.Referrals().List(Is(ByPupil, pupil)))
	return slices.ContainsFunc(referrals, func(r Referral) bool { return r.School == school }), err
}

// upnFor is the UPN for a record to have: none when another that stands has it already, for
// a UPN is one record's. Such a pair is for a person to look at ([Service.Duplicates]).
func (w *work) upnFor(id PupilID, upn string) (string, error) {
	if upn == "" {
		return "", nil
	}
	records, err := gather(w.Pupils().List(Is(ByUPN, upn)))
	if slices.ContainsFunc(records, func(p Pupil) bool { return p.ID != id && p.Merged == "" }) {
		return "", err
	}
	return upn, err
}

// retie follows a change of who the form is about. While the referral is the record's only
// one, the record says what the form says. A draft that was never submitted moves to the
// record of the UPN that it now gives; later on nothing moves by itself, since entries of
// the register may hang on the record: a person merges.
func (w *work) retie(r *Referral, before, after identity) error {
	if before == after {
		return nil
	}
	p, err := w.Pupils().Get(r.Pupil)
	if err != nil {
		return err
	}
	referrals, err := gather(w.Referrals().List(Is(ByPupil, p.ID)))
	if err != nil {
		return err
	}
	alone := !slices.ContainsFunc(referrals, func(other Referral) bool { return other.ID != r.ID })
	moves := r.Received == 0 && after.upn != "" && after.upn != before.upn && after.upn != p.UPN
	switch {
	case alone:
		return w.follow(r, p, after, moves)
	case moves && p.UPN != "":
		to, err := w.tie(r.School, "", after)
		if err != nil {
			return err
		}
		return w.move(r, to.ID)
	case p.UPN == "":
		if p.UPN, err = w.upnFor(p.ID, after.upn); err != nil || p.UPN == "" {
			return err
		}
		return w.Pupils().Put(&p)
	}
	return nil
}

// follow brings the record that is the referral's alone into line with the form; or, where
// the draft moves, leaves an empty record behind that nothing is compared with.
func (w *work) follow(r *Referral, p Pupil, to identity, moves bool) error {
	p.UPN, p.MatchKey, p.LooksLike = to.upn, to.matchKey(), to.looksLike()
	if moves {
		found, ok, err := w.withUPN(to, p.ID)
		if err != nil {
			return err
		}
		bare, err := w.bare(p.ID)
		if err != nil {
			return err
		}
		if ok && bare {
			p.UPN, p.MatchKey, p.LooksLike = "", "", ""
			if err := w.move(r, found.ID); err != nil {
				return err
			}
		}
	}
	var err error
	if p.UPN, err = w.upnFor(p.ID, p.UPN); err != nil {
		return err
	}
	return w.Pupils().Put(&p)
}

// move ties the referral and its documents to another record.
func (w *work) move(r *Referral, to PupilID) error {
	r.Pupil = to
	documents, err := gather(w.Documents().List(Is(ByReferral, r.ID)))
	if err != nil {
		return err
	}
	for _, d := range documents {
		d.Pupil = to
		if err := w.Documents().Put(&d); err != nil {
			return err
		}
	}
	return nil
}

// bare tells whether neither the register nor a hold names the record, and no other was
// merged into it.
func (w *work) bare(id PupilID) (bool, error) {
	entries, err := gather(w.Register().List(Is(ByPupil, id)))
	if err != nil || len(entries) > 0 {
		return false, err
	}
	holds, err := gather(w.Holds().List(Is(ByPupil, id)))
	if err != nil || len(holds) > 0 {
		return false, err
	}
	records, err := gather(w.Pupils().List())
	return !slices.ContainsFunc(records, func(p Pupil) bool { return p.Merged == id }), err
}
