package verify_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/matchtest"
	"example.org/backontrack/matching/verify"
)

// The engine's codes of stays that people chose, and this package's, are written alike and mean the same.
func TestCodes_sameAsTheEngines(t *testing.T) {
	t.Parallel()
	want := []matching.Code{
		verify.CodeNotOffered, verify.CodeStartDate, verify.CodeEndDate, verify.CodeTooManyGroups, verify.CodeGroupTwice,
		verify.CodeSessionTwice, verify.CodeTooManySessions, verify.CodeStartsDiffer,
	}
	got := []matching.Code{
		matching.CodeNotOffered, matching.CodeStartDate, matching.CodeEndDate, matching.CodeTooManyGroups, matching.CodeGroupTwice,
		matching.CodeSessionTwice, matching.CodeTooManySessions, matching.CodeStartsDiffer,
	}
	if d := gocmp.Diff(want, got); d != "" {
		t.Errorf("(-verify +engine):\n%s", d)
	}
}

// TestCheck_chosenStays draws stays from nowhere: any group, pattern and dates. The engine's
// reasons and the violations of a plan of just these stays are the same.
func TestCheck_chosenStays(t *testing.T) {
	t.Parallel()
	seen := map[matching.Code]int{}
	packages, sound := 0, 0
	for seed := range uint64(worlds(1500)) {
		s := varied(seed)
		e := engineOf(t, s)
		random := rand.New(rand.NewPCG(seed, 11))
		for i := range e.Snapshot().Referrals {
			r := &e.Snapshot().Referrals[i]
			stays := drawStays(random, e.Snapshot())
			sameAsCheck(t, e, r, stays, seen)
			if t.Failed() {
				t.Fatalf("world %d, referral %s, stays %+v", seed, r.ID, stays)
			}
			if len(stays) > 1 {
				packages++
			}
			if c, err := e.Check(r.ID, stays); err == nil && c.Feasible {
				sound++
			}
		}
	}
	if testing.Short() {
		return
	}
	for _, code := range []matching.Code{
		verify.CodeNotOffered, verify.CodeStartDate, verify.CodeEndDate, verify.CodeTooManyGroups, verify.CodeGroupTwice,
		verify.CodeSessionTwice, verify.CodeTooManySessions, verify.CodeStartsDiffer, matching.CodeYearGroup, matching.CodeSex,
		matching.CodeReferralReason, matching.CodeNeedsNotMet, matching.CodeRefusedTrait, matching.CodeAccess, matching.CodeJourney,
		matching.CodeBusy, matching.CodeTooShort, matching.CodeNotOpen, matching.CodePlaces, matching.CodeStaffing,
		matching.CodeTraitLimit, matching.CodeUnregisteredFullTime, matching.CodeRivalAreas, matching.CodeCareHomePeers,
		matching.CodeAnxiousWithAggressive, matching.CodeKeepApart,
	} {
		if seen[code] < 3 {
			t.Errorf("%s came up %d times", code, seen[code])
		}
	}
	if packages < 300 || sound < 30 {
		t.Errorf("only %d packages and %d sets without a reason were tried", packages, sound)
	}
}

// drawStays makes one to three stays without a look at any rule.
func drawStays(random *rand.Rand, s *matching.Snapshot) []matching.Stay {
	var stays []matching.Stay
	from := s.AsOf - 10 + calendar.Date(random.IntN(60))
	for range 1 + random.IntN(6)/4*(1+random.IntN(2)) {
		g := &s.Groups[random.IntN(len(s.Groups))]
		if random.IntN(8) == 0 {
			from += calendar.Date(random.IntN(60))
		}
		to := from + calendar.Date(random.IntN(90))
		if random.IntN(3) == 0 {
			to = from + calendar.Date(7*(1+random.IntN(6))-1)
		}
		stays = append(stays, matching.Stay{Group: g.ID, Pattern: g.Patterns[random.IntN(len(g.Patterns))].ID, From: from, To: to})
	}
	return stays
}

// sameAsCheck compares code by code. Of the length of a stay verify holds that it is what was wanted, and the engine
// that the group allows it: what it says of that is worked out here.
func sameAsCheck(t *testing.T, e *matching.Engine, r *matching.Referral, stays []matching.Stay, seen map[matching.Code]int) {
	t.Helper()
	c, err := e.Check(r.ID, stays)
	if err != nil {
		t.Fatal(err)
	}
	p := planOf(t, e.Snapshot())
	p.Unplaced = slices.DeleteFunc(p.Unplaced, func(u matching.Unplaced) bool { return u.Referral == r.ID })
	p.Assignments = []matching.Assignment{{Referral: r.ID, Stays: stays}}
	got := check(t, e.Snapshot(), p).Violations
	var want []matching.Reason
	lengths, tangled := 0, false
	for _, reason := range c.Reasons {
		seen[reason.Code]++
		tangled = tangled || reason.Code == verify.CodeSessionTwice || reason.Code == verify.CodeGroupTwice
		switch reason.Code {
		case verify.CodeEndDate, matching.CodeTooShort:
			lengths++
		case verify.CodeGroupTwice, verify.CodeSessionTwice:
			reason.Codes = nil // verify's violation names the group
			want = append(want, reason)
		default:
			want = append(want, reason)
		}
	}
	if n := lengthsRefused(e, stays); n != lengths {
		t.Errorf("%d reasons about lengths, want %d: %+v", lengths, n, c.Reasons)
	}
	got = slices.DeleteFunc(got, func(v verify.Violation) bool {
		return v.Code == verify.CodeEndDate || v.Code == matching.CodeTooShort
	})
	outside := slices.ContainsFunc(stays, func(s matching.Stay) bool {
		return s.From < e.Snapshot().AsOf || s.From > e.Snapshot().Horizon // then verify does not compare what the pupil is busy with
	})
	if tangled || outside {
		sameCodes(t, want, got, outside)
		return
	}
	if d := gocmp.Diff(bare(want), reasonsOf(got)); d != "" {
		t.Errorf("(-engine +verify):\n%s", d)
	}
}

// sameCodes is for stays that get into each other's way, which each of the two counts as it will, so that only
// what is said of each by itself is the same.
func sameCodes(t *testing.T, want []matching.Reason, got []verify.Violation, busyToo bool) {
	t.Helper()
	counted := []matching.Code{matching.CodePlaces, matching.CodeStaffing, matching.CodeTraitLimit, matching.CodeUnregisteredFullTime}
	if busyToo {
		counted = append(counted, matching.CodeBusy)
	}
	codes := map[matching.Code]int{}
	for _, r := range want {
		if !slices.Contains(counted, r.Code) {
			codes[r.Code] |= 1
		}
	}
	for _, v := range got {
		if !slices.Contains(counted, v.Code) {
			codes[v.Code] |= 2
		}
	}
	for code, in := range codes {
		if in != 3 {
			t.Errorf("%s is only said by %s", code, []string{"the engine", "verify"}[in-1])
		}
	}
}

// lengthsRefused counts the reasons that the lengths of stays give: day by day, from the contract.
func lengthsRefused(e *matching.Engine, stays []matching.Stay) (n int) {
	s := e.Snapshot()
	for _, stay := range stays {
		g := &s.Groups[slices.IndexFunc(s.Groups, func(g matching.Group) bool { return g.ID == stay.Group })]
		last := s.Horizon
		if g.Open.To != 0 {
			last = min(last, g.Open.To)
		}
		tooLong := stay.To > last
		if s.AsOf <= stay.From && stay.From <= last {
			days, school := 0, 0
			for d := stay.From; d <= min(stay.To, last); d++ {
				days++
				closed := slices.ContainsFunc(s.Calendar.Closed, func(c calendar.Closure) bool { return c.From <= d && d <= c.To })
				if w := d.Weekday(); w != 0 && w != 6 && !closed {
					school++
				}
			}
			if l := g.Weeks; l != nil {
				tooLong = tooLong || l.Max > 0 && days > 7*l.Max
				if days < 7*l.Min {
					n++
				}
			}
			if l := g.Days; l != nil {
				tooLong = tooLong || l.Max > 0 && school > l.Max
				if school < l.Min {
					n++
				}
			}
		}
		if tooLong {
			n++
		}
	}
	return n
}

// TestViolations_standing holds what the engine says of standing placements against what
// is wrong among them in a check of a plan that places nobody.
func TestViolations_standing(t *testing.T) {
	t.Parallel()
	groups, pairs := 0, 0
	for seed := range uint64(worlds(600)) {
		s := matchtest.World(seed)
		e := engineOf(t, s)
		var counted []matching.Violation
		parted := map[[3]string]bool{}
		for _, v := range e.Violations(0) {
			switch v.Code {
			case matching.CodePlaces, matching.CodeStaffing, matching.CodeTraitLimit, matching.CodeUnregisteredFullTime:
				v.Pupils = nil // in verify, whoever is there at any of the moments; here, whoever's coming would break it
				counted = append(counted, v)
			default:
				if v.Group == "" {
					parted[[3]string{string(v.Code), string(v.Pupils[0]), string(v.Pupils[1])}] = true
				}
			}
		}
		wantCounted, wantParted := standingOf(t, s)
		if d := gocmp.Diff(wantCounted, counted); d != "" {
			t.Fatalf("world %d, counted (-verify +engine):\n%s", seed, d)
		}
		if d := gocmp.Diff(wantParted, parted); d != "" {
			t.Fatalf("world %d, parted (-verify +engine):\n%s", seed, d)
		}
		groups, pairs = groups+len(counted), pairs+len(parted)
	}
	if groups < worlds(100) || pairs < worlds(50) {
		t.Errorf("only %d of groups and %d of pairs were compared", groups, pairs)
	}
}

// standingOf is what verify finds among standing placements: what is counted by group in the engine's order, and pairs.
func standingOf(t *testing.T, s *matching.Snapshot) (counted []matching.Violation, parted map[[3]string]bool) {
	t.Helper()
	parted = map[[3]string]bool{}
	pupils := map[matching.PlacementID]matching.PupilID{}
	for _, p := range s.Placements {
		pupils[p.ID] = p.Pupil
	}
	for _, v := range check(t, s, planOf(t, s)).Standing {
		if v.Placement == "" {
			counted = append(counted, matching.Violation{
				Code: v.Code, Group: v.Group, Limit: v.Limit, Observed: v.Observed, Codes: v.Codes, Date: v.Date, Session: v.Session,
			})
		}
		for _, other := range v.Pupils {
			if self := pupils[v.Placement]; v.Placement != "" {
				parted[[3]string{string(v.Code), string(min(self, other)), string(max(self, other))}] = true
			}
		}
	}
	order := []matching.Code{matching.CodePlaces, matching.CodeStaffing, matching.CodeTraitLimit, matching.CodeUnregisteredFullTime}
	slices.SortStableFunc(counted, func(a, b matching.Violation) int {
		return cmp.Or(slices.Index(order, a.Code)-slices.Index(order, b.Code), strings.Compare(string(a.Group), string(b.Group)), slices.Compare(a.Codes, b.Codes))
	})
	return counted, parted
}
