package verify

import (
	"cmp"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// A check is one plan under inspection.
type check struct {
	*world
	plan       *matching.Plan
	mostMoves  int                          // -1: not bounded
	placed     []*placed                    // by index in the plan's assignments; nil where it can't be one
	moved      []*stay                      // those of the plan's moves that can be made
	firstNew   calendar.Date                // of all new stays, or 0 where there is none
	of         map[*matching.Pupil][]*stay  // all stays of each, once they are asked for
	provisions map[matching.ProvisionID]int // placements of each, once they are counted
	found      map[finding]*evidence
}

// A finding is a rule that is broken: by a stay, or, where what is counted is of
// standing placements alone, in a group. Its aspect tells rules of one code apart.
type finding struct {
	stay   *stay
	group  *group
	code   matching.Code
	aspect string
}

// evidence is what is known of a finding.
type evidence struct {
	Violation
	standing bool
	subject  *stay    // nil where it is a group
	site     *site    // of those who were met
	met      []uint64 // by the places of the site's stays, a bit each
}

// fail counts one more moment at which a rule fails, and says whether it is the first.
func (c *check) fail(f finding, m moment) (e *evidence, first bool) {
	e = c.found[f]
	if e == nil {
		e = c.evidence(f)
		e.Date = m.day
		if f.code != matching.CodeUnregisteredFullTime { // which is counted by the day
			e.Session = m.session.String()
		}
		first = true
	}
	e.Times++
	return e, first
}

// evidence begins a finding that has to do with a stay or a group.
func (c *check) evidence(f finding) *evidence {
	e := &evidence{Violation: Violation{Code: f.code, Group: f.group.ID}, subject: f.stay, site: f.group.site}
	e.standing = f.stay == nil || !f.stay.planned
	if f.stay != nil {
		e.Referral, e.Placement = f.stay.referral, f.stay.placement
	}
	c.found[f] = e
	return e
}

// violate adds what is wrong with a planned stay, whatever the date.
func (c *check) violate(st *stay, v Violation) {
	v.Referral, v.Placement, v.Group = st.referral, st.placement, st.group.ID
	c.object(v)
}

// object adds what is wrong with the plan itself. Each is said once.
func (c *check) object(v Violation) {
	f := finding{code: v.Code, aspect: string(v.Referral) + "\x00" + string(v.Placement) + "\x00" + string(v.Group) + "\x00" + v.Date.String()}
	c.found[f] = &evidence{Violation: v}
}

// meet notes who else takes part. The bits are those of stays of the site.
func (e *evidence) meet(others []uint64) {
	if len(e.met) < len(others) {
		e.met = append(e.met, make([]uint64, len(others)-len(e.met))...)
	}
	for i, word := range others {
		e.met[i] |= word
	}
}

// bits are the places of some stays, one of them at least, among their site's.
func bits(stays []*stay) []uint64 {
	set := make([]uint64, len(stays[0].group.site.stays)/64+1)
	for _, st := range stays {
		set[st.n/64] |= 1 << (st.n % 64)
	}
	return set
}

// mostPupils bounds a list of pupils, of whom a wrong plan may have any number.
const mostPupils = 100

// pupils are those who were met, by id, but for the subject.
func (e *evidence) pupils() []matching.PupilID {
	var ids []matching.PupilID
	for i, word := range e.met {
		for b := range 64 {
			if word>>b&1 == 0 {
				continue
			}
			if p := e.site.stays[64*i+b].pupil; e.subject == nil || p != e.subject.pupil {
				ids = append(ids, p.ID)
			}
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	return slices.Clip(ids[:min(len(ids), mostPupils)])
}

// report puts everything that was found in order.
func (c *check) report() *Report {
	r := &Report{Format: Format, Violations: []Violation{}, Figures: []Figure{}, Standing: []Violation{}}
	for _, e := range c.found {
		if e.met != nil {
			e.Pupils = e.pupils()
		}
		if e.standing {
			r.Standing = append(r.Standing, e.Violation)
		} else {
			r.Violations = append(r.Violations, e.Violation)
		}
	}
	order := c.order()
	for _, list := range [][]Violation{r.Violations, r.Standing} {
		slices.SortFunc(list, func(a, b Violation) int { return compare(order, &a, &b) })
	}
	c.figures(r)
	r.OK = len(r.Violations)+len(r.Figures) == 0
	return r
}

func compare(order map[matching.Code]int, a, b *Violation) int {
	return cmp.Or(
		cmp.Compare(a.Referral, b.Referral), cmp.Compare(a.Placement, b.Placement), cmp.Compare(a.Group, b.Group),
		cmp.Compare(order[a.Code], order[b.Code]), cmp.Compare(a.Date, b.Date), cmp.Compare(a.Session, b.Session),
		slices.Compare(a.Codes, b.Codes), slices.Compare(a.Pupils, b.Pupils), cmp.Compare(a.Times, b.Times),
	)
}

// order is that of the codes: what is no rule's, the contract's table, the
// separations of the policy, and the named pairs.
func (c *check) order() map[matching.Code]int {
	codes := []matching.Code{
		CodeUnknownReferral, CodeUnknownPlacement, CodeUnknownGroup, CodeUnknownPattern, CodeListedTwice, CodeNotListed,
		CodeNoStay, CodeTooManyGroups, CodeGroupTwice, CodeSessionTwice, CodeTooManySessions, CodeStartsDiffer,
		CodeNotMovable, CodeMovedTwice, CodeOtherProvision, CodeNotAMove, CodeMoveDate, CodeTooManyMoves,
		CodeNotOffered, CodeStartDate, CodeEndDate,
		matching.CodeYearGroup, matching.CodeSex, matching.CodeReferralReason, matching.CodeNeedsNotMet,
		matching.CodeRefusedTrait, matching.CodeAccess, matching.CodeJourney, matching.CodeBusy, matching.CodeTooShort,
		matching.CodeNotOpen, matching.CodePlaces, matching.CodeStaffing, matching.CodeTraitLimit,
		matching.CodeUnregisteredFullTime,
	}
	for _, s := range c.Policy.Separations {
		codes = append(codes, s.Code)
	}
	codes = append(codes, matching.CodeKeepApart)
	order := make(map[matching.Code]int, len(codes))
	for i, code := range codes {
		order[code] = i
	}
	return order
}
