package matchtest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// A Case is valid only during a call of the engine: the laws about one case are
// tried in there, by an extension that stands before the one that is checked.

// A caseKey tells cases of one engine apart.
type caseKey struct {
	referral matching.ReferralID
	group    matching.GroupID
	sessions calendar.Sessions
	from, to calendar.Date
	week     calendar.Sessions
}

func keyOf(c *matching.Case) caseKey {
	return caseKey{c.Referral.ID, c.Group.ID, c.Sessions, c.From, c.To, c.Week}
}

// A watch calls try once for each case, until it finds something.
type watch struct {
	seen map[caseKey]bool
	try  func(*matching.Case) error
	err  error
}

func (w *watch) look(c *matching.Case) {
	if key := keyOf(c); w.err == nil && !w.seen[key] {
		w.seen[key] = true
		if err := w.try(c); err != nil {
			w.err = fmt.Errorf("referral %s in group %s at %s: %w", c.Referral.ID, c.Group.ID, text(c.Sessions), err)
		}
	}
}

type watchedRule struct {
	matching.Rule
	*watch
}

// Check lets the watch see the case first.
func (r watchedRule) Check(c *matching.Case, why *matching.Reason) matching.Verdict {
	r.look(c)
	return r.Rule.Check(c, why)
}

type watchedCriterion struct {
	matching.Criterion
	*watch
}

// Score lets the watch see the case first.
func (r watchedCriterion) Score(c *matching.Case, why *matching.Why) matching.Value {
	r.look(c)
	return r.Criterion.Score(c, why)
}

// eachCase asks about every referral, and tries every case that the extension meets.
func eachCase(s *matching.Snapshot, extend func(*watch) matching.Extension, try func(*matching.Case) error) error {
	w := &watch{seen: map[caseKey]bool{}, try: try}
	e, err := matching.New(s, extend(w))
	if err != nil {
		return err
	}
	for _, r := range s.Referrals {
		if _, err := e.Options(r.ID); err != nil {
			return err
		}
	}
	return w.err
}

// eachRuleCase tries every case that each of the rules meets.
func eachRuleCase(w *tried[matching.Rule], try func(matching.Rule, *matching.Case) error) error {
	for _, rule := range w.from(w.fresh()) {
		err := eachCase(w.fresh(), func(seen *watch) matching.Extension {
			return matching.WithRule(watchedRule{rule, seen})
		}, func(c *matching.Case) error { return try(rule, c) })
		if err != nil {
			return fmt.Errorf("rule %s: %w", rule.Code(), err)
		}
	}
	return nil
}

// eachCriterionCase tries every case that each of the criteria meets.
func eachCriterionCase(w *tried[matching.Criterion], s *matching.Snapshot, try func(matching.Criterion, *matching.Case) error) error {
	for _, criterion := range w.from(s) {
		err := eachCase(s, func(seen *watch) matching.Extension {
			return matching.WithCriterion(watchedCriterion{criterion, seen})
		}, func(c *matching.Case) error { return try(criterion, c) })
		if err != nil {
			return fmt.Errorf("criterion %s: %w", criterion.Code(), err)
		}
	}
	return nil
}

// shuffledCase is a case about copies of the facts, with their sets in another order.
// What the engine hands out is in order, which would hide that an extension leans on it,
// or sorts what is not its own.
func shuffledCase(c *matching.Case, seed uint64) *matching.Case {
	r := rand.New(rand.NewPCG(seed, 4))
	out := *c
	out.Pupil, out.Referral = new(shuffledPupil(r, c.Pupil)), new(shuffledReferral(r, c.Referral))
	out.Group, out.Site = new(shuffledGroup(r, c.Group)), new(shuffledSite(r, c.Site))
	out.Groups = shuffled(r, c.Groups)
	for i, g := range out.Groups {
		out.Groups[i] = new(shuffledGroup(r, g))
	}
	return &out
}

// changedBy tells that a call changed what it was given.
func changedBy(given any, call func()) error {
	before := text(given)
	call()
	if after := text(given); before != after {
		at, was, is := difference(before, after)
		return fmt.Errorf("it changed what it was given: at %s, %s became %s", at, was, is)
	}
	return nil
}

var errAllocates = errors.New("it allocates while it is not asked why")

// without is the pupil with a fact not known. Latitude and longitude go together.
func without(p *matching.Pupil, f matching.Fact) matching.Pupil {
	out := with(p, f)
	out.Unknown = append(slices.Clip(out.Unknown), f)
	if f == matching.FactLatitude {
		out.Unknown = append(out.Unknown, matching.FactLongitude)
	}
	return out
}

// with is the pupil with a fact known.
func with(p *matching.Pupil, f matching.Fact) matching.Pupil {
	out := *p
	out.Unknown = slices.DeleteFunc(slices.Clone(p.Unknown), func(u matching.Fact) bool {
		return u == f || f == matching.FactLatitude && u == matching.FactLongitude
	})
	if f == matching.FactYear {
		out.Year = max(out.Year, 0) // one that was not given
	}
	return out
}

// answered is the pupil with a fact known, and as it is with another pupil.
func answered(p *matching.Pupil, f matching.Fact, as *matching.Pupil) matching.Pupil {
	out := with(p, f)
	copyFact(&out, f, as)
	return out
}

func copyFact(p *matching.Pupil, f matching.Fact, as *matching.Pupil) {
	switch f {
	case matching.FactYear:
		p.Year = max(as.Year, 0)
	case matching.FactSex:
		p.Sex = as.Sex
	case matching.FactAreas:
		p.Areas = as.Areas
	case matching.FactCareHome:
		p.CareHome = as.CareHome
	case matching.FactLatitude, matching.FactLongitude:
		p.Latitude, p.Longitude = as.Latitude, as.Longitude
	case matching.FactTraits:
		p.Traits = as.Traits
	case matching.FactNeeds:
		p.Needs = as.Needs
	case matching.FactSupport:
		p.Support = as.Support
	case matching.FactAccess:
		p.Access = as.Access
	case matching.FactBusy:
		p.Busy = as.Busy
	case matching.FactFriends:
		p.Friends = slices.DeleteFunc(slices.Clone(as.Friends), func(id matching.PupilID) bool { return id == p.ID })
	case matching.FactEHCP:
		p.EHCP = as.EHCP
	case matching.FactLookedAfter:
		p.LookedAfter = as.LookedAfter
	}
}

// askable are the facts to make unknown, latitude and longitude as one.
func askable() []matching.Fact {
	return slices.DeleteFunc(matching.Facts(), func(f matching.Fact) bool { return f == matching.FactLongitude })
}

const mostAnswers = 6

// couldBe are pupils whose facts are answers to try: some of the world's, and one of
// whom nothing is so.
func couldBe(s *matching.Snapshot, seed uint64) []matching.Pupil {
	some := shuffled(rand.New(rand.NewPCG(seed, 5)), s.Pupils)
	return append(slices.Clone(some[:min(len(some), mostAnswers)]), matching.Pupil{})
}
