package panel

import (
	"slices"

	"example.org/backontrack/panel/audit"
	"example.org/backontrack/panel/form"
)

// An Opening lets a role see what is of a class in the referrals that it reaches. What no
// opening names stays closed.
type Opening struct {
	Role    Role
	Class   form.Class
	Section form.Section // only in this section of the form; empty: in all
	From    State        // of a provider: from this state of the placement on; empty: always
}

// panelSide are the roles that see a referral as the panel does: all that is in it, and
// which pupil's record it belongs to.
var panelSide = []Role{RoleMember, RoleChair, RoleCoordinator, RoleApprover, RoleAuditor}

// openings are the rows of [Sections]. A provision sees with the offer whom it is asked to
// teach, and of the rest what it needs to keep everybody safe once it has accepted: what
// the police hold only as far as it is a risk, and never who is kept apart from whom.
var openings = func() []Opening {
	var rows []Opening
	for _, role := range append([]Role{RoleSchool}, panelSide...) {
		for _, class := range form.Classes() {
			rows = append(rows, Opening{Role: role, Class: class})
		}
	}
	return append(rows,
		Opening{Role: RoleProvider, Class: form.Core, From: Offered},
		Opening{Role: RoleProvider, Class: form.Schooling, From: Offered},
		Opening{Role: RoleProvider, Class: form.Medical, From: Offered},
		Opening{Role: RoleProvider, Class: form.Safeguarding, Section: form.Family, From: Accepted},
		Opening{Role: RoleProvider, Class: form.Safeguarding, Section: form.Agencies, From: Accepted},
		Opening{Role: RoleProvider, Class: form.Safeguarding, Section: form.Risk, From: Accepted},
		Opening{Role: RoleProvider, Class: form.Safeguarding, Section: form.Health, From: Accepted},
		Opening{Role: RoleProvider, Class: form.Safeguarding, Section: form.Attachments, From: Accepted},
		Opening{Role: RoleProvider, Class: form.Criminal, Section: form.Risk, From: Accepted},
	)
}()

// Sections are what each role may see of a referral, in the order of the documentation.
// Code, documentation and tests share the table.
func Sections() []Opening { return slices.Clone(openings) }

// A sight is what the caller may see of one referral.
type sight struct {
	openings []Opening
	panel    bool // as the panel does
	school   bool // as the school that referred does
}

// sightOf joins what the caller may see in each of the roles in which the caller reaches
// the referral.
func (w *work) sightOf(r *Referral) (sight, error) {
	var s sight
	for _, row := range reach(w.roles(), NounReferral, VerbRead) {
		within, err := w.within(row.Scope, about{school: r.School, referral: r})
		if err != nil {
			return s, err
		}
		if !within {
			continue
		}
		accepted := false
		if row.Role == RoleProvider {
			if accepted, err = w.acceptedAtMine(r.ID); err != nil {
				return s, err
			}
		}
		s.panel = s.panel || slices.Contains(panelSide, row.Role)
		s.school = s.school || row.Role == RoleSchool
		for _, o := range openings {
			if o.Role == row.Role && (o.From != Accepted || accepted) {
				s.openings = append(s.openings, o)
			}
		}
	}
	return s, nil
}

// acceptedAtMine tells whether a provision of the caller's has accepted the referral's
// pupil, who has not left since.
func (w *work) acceptedAtMine(id ReferralID) (bool, error) {
	placements, err := gather(w.Placements().List(Is(ByReferral, id)))
	return slices.ContainsFunc(placements, func(p Placement) bool {
		return (p.State == Accepted || p.State == Started) && w.has(RoleProvider, p.Organisation)
	}), err
}

// sees tells whether what is of a class, in a section, is open.
func (s sight) sees(class form.Class, section form.Section) bool {
	return slices.ContainsFunc(s.openings, func(o Opening) bool {
		return o.Class == class && (o.Section == "" || o.Section == section)
	})
}

// seesField tells whether the answer to a field is open.
func (s sight) seesField(key string) bool {
	f, ok := form.Lookup(key)
	return ok && s.sees(f.Class, f.Section)
}

// show is the referral as far as the caller may see it. A school does not see which
// pupil's record its referral is tied to: that it changes, or is the same as another
// school's, would tell that another school has referred the same pupil.
func (s sight) show(r Referral) Referral {
	shown := make([]form.Answer, 0, len(r.Form.Answers))
	for _, a := range r.Form.Answers {
		if s.seesField(a.Field) {
			shown = append(shown, a)
		}
	}
	r.Form.Answers = shown
	if !s.panel {
		r.Pupil = ""
	}
	if !s.panel && !s.school {
		r.Questions, r.Returns, r.Meeting, r.ReviewOn = nil, 0, "", 0
	}
	return r
}

// classes are those of the answers that are shown, for the journal.
func classesOf(f form.Form) []string {
	var classes []string
	for _, a := range f.Answers {
		if field, ok := form.Lookup(a.Field); ok {
			classes = append(classes, string(field.Class))
		}
	}
	slices.Sort(classes)
	return slices.Compact(classes)
}

// shown is what a verb answers with: the referral as far as the caller may see it.
func (w *work) shown(r Referral) (Referral, error) {
	s, err := w.sightOf(&r)
	if err != nil {
		return Referral{}, err
	}
	return s.show(r), nil
}

// noteRead adds a line to the journal about records that leave, with their classes.
func (w *work) noteRead(verb Verb, noun Noun, subject string, pupils []Pseudonym, classes []string, detail ...audit.Pair) {
	w.note(verb, noun, subject, pupils, detail...)
	w.entries[len(w.entries)-1].Classes = classes
}
