package matching_test

import (
	"errors"
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/matchtest"
)

func TestLaw_checkSaysWhatOptionsSay(t *testing.T) {
	t.Parallel()
	lawWorlds(t, 300, checkSaysWhatOptionsSay)
}

// checkSaysWhatOptionsSay checks the stays of every option as if people had chosen them. Where a refused one has no dates, there
// is no allowed start, and whatever day is chosen has at least its reasons.
func checkSaysWhatOptionsSay(t testing.TB, seed uint64) {
	s := matchtest.World(seed)
	e := lawEngine(t, s)
	everyOption(t, e, func(r *matching.Referral, o *matching.Option) {
		if o.Stays[0].From == 0 {
			refusedWithoutDates(t, e, o)
			return
		}
		c := lawCheck(t, e, r.ID, o.Stays...)
		lawEqual(t, lawJSON(t, o.Reasons), lawJSON(t, c.Reasons))
		lawEqual(t, lawJSON(t, o.Unchecked), lawJSON(t, c.Unchecked))
		if c.Feasible != o.Feasible {
			t.Errorf("checked, feasible is %v: %s", c.Feasible, lawJSON(t, o))
		}
	})
}

func refusedWithoutDates(t testing.TB, e *matching.Engine, o *matching.Option) {
	t.Helper()
	stay := o.Stays[0]
	stay.From, stay.To = e.Snapshot().AsOf, e.Snapshot().Horizon
	c := lawCheck(t, e, o.Referral, stay)
	for _, want := range o.Reasons {
		said := func(r matching.Reason) bool { return lawJSON(t, r) == lawJSON(t, want) }
		if !slices.ContainsFunc(c.Reasons, said) {
			t.Errorf("checked on a day, %s is not said: %s", want.Code, lawJSON(t, c))
		}
	}
}

func lawCheck(t testing.TB, e *matching.Engine, id matching.ReferralID, stays ...matching.Stay) *matching.Check {
	t.Helper()
	c, err := e.Check(id, stays)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestLaw_clearsAsChosen(t *testing.T) {
	t.Parallel()
	lawWorlds(t, 200, clearsAsChosen)
}

// clearsAsChosen moves a chosen stay to the day on which a reason says that its rule no longer refuses.
func clearsAsChosen(t testing.TB, seed uint64) {
	s := matchtest.World(seed)
	e := lawEngine(t, s)
	for _, r := range e.Snapshot().Referrals {
		for i, g := range e.Snapshot().Groups {
			from := s.AsOf + calendar.Date(seed%11)
			stay := matching.Stay{Group: g.ID, Pattern: g.Patterns[0].ID, From: from, To: from + calendar.Date(3+int(seed)%40+i)}
			for _, reason := range lawCheck(t, e, r.ID, stay).Reasons {
				if reason.Clears == 0 || reason.Clears > s.Horizon {
					continue // not_open may clear after the horizon
				}
				later := stay
				later.From, later.To = reason.Clears, min(reason.Clears+stay.To-stay.From, lastDay(s, &g))
				if g.Days != nil {
					later.To = endAfter(e.Snapshot(), &g, stay, reason.Clears)
				}
				still := func(r matching.Reason) bool { return r.Code == reason.Code && slices.Equal(r.Codes, reason.Codes) }
				if again := lawCheck(t, e, r.ID, later); reason.Code != matching.CodeKeepApart && slices.ContainsFunc(again.Reasons, still) {
					t.Errorf("%s does not clear: %s, then %s", reason.Code, lawJSON(t, stay), lawJSON(t, again))
				}
			}
		}
	}
}

func lastDay(s *matching.Snapshot, g *matching.Group) calendar.Date {
	if g.Open.To != 0 {
		return min(g.Open.To, s.Horizon)
	}
	return s.Horizon
}

// endAfter is the last day of as many school days, from another day.
func endAfter(s *matching.Snapshot, g *matching.Group, stay matching.Stay, from calendar.Date) calendar.Date {
	last := lastDay(s, g)
	days := calendar.NewDays(s.AsOf, last, s.Calendar.Closed)
	n, left := days.Count(stay.From, stay.To), days.Between(from, last)
	if n == 0 {
		return min(from+stay.To-stay.From, last)
	}
	return left[min(n, len(left))-1]
}

func TestCheck_misuse(t *testing.T) {
	t.Parallel()
	e := authority(t, matching.Group{ID: "red"}, matching.Referral{ID: "r-ann"})
	good := matching.Stay{Group: "red", Pattern: "all", From: day(firstMonday), To: day(firstMonday) + 6}
	if c := lawCheck(t, e, "r-ann", good); !c.Feasible {
		t.Errorf("refused: %+v", c.Reasons)
	}
	_, err := e.Check("r-zoe", []matching.Stay{good})
	if _, missing := errors.AsType[*matching.NotFoundError](err); !missing {
		t.Errorf("error %v, want that the referral is not there", err)
	}
	nowhere, noPattern, backwards := good, good, good
	nowhere.Group, noPattern.Pattern, backwards.To = "blue", "some", good.From-1
	for name, c := range map[string]struct {
		stays []matching.Stay
		at    []string
	}{
		"none": {nil, []string{"/stays"}},
		"each fault": {[]matching.Stay{good, nowhere, noPattern, backwards, {}}, []string{
			"/stays/1/group", "/stays/2/pattern", "/stays/3/to", "/stays/4/group", "/stays/4/from", "/stays/4/to",
		}},
	} {
		_, err := e.Check("r-ann", c.stays)
		faults, _ := errors.AsType[matching.Faults](err)
		var at []string
		for _, f := range faults {
			at = append(at, f.Pointer)
		}
		want(t, name, c.at, at)
	}
	for _, far := range []matching.Stay{
		{Group: "red", Pattern: "all", From: 1, To: 1<<31 - 1}, {Group: "red", Pattern: "all", From: 1<<31 - 1, To: 1<<31 - 1}, {Group: "red", Pattern: "all", From: 1, To: 1},
	} {
		if c := lawCheck(t, e, "r-ann", far); c.Feasible {
			t.Errorf("%+v is outside the calendar, and possible", far)
		}
	}
}
