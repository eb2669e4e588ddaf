package matching_test

import (
	"errors"
	"strings"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/matchtest"
)

// The tests of this file use the library as it should not be used.

func TestWhatIf_changesNothingInPlace(t *testing.T) {
	t.Parallel()
	for seed := range uint64(60) {
		e := lawEngine(t, matchtest.World(seed))
		before := hashOf(t, e)
		for _, r := range e.Snapshot().Referrals {
			_, err := e.WhatIf(r.ID, func(p *matching.Pupil, r *matching.Referral) {
				for i := range p.Traits {
					p.Traits[i] = "other"
				}
				p.Unknown = append(p.Unknown[:0], matching.FactTraits)
				if p.Latitude != nil {
					*p.Latitude = 50
				}
				for id, given := range r.Given {
					for pattern := range given.Patterns {
						given.Patterns[pattern] = 1
					}
					r.Given[id] = matching.Given{Score: 1}
				}
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		want(t, "hash after what-ifs", before, hashOf(t, e))
	}
}

func hashOf(t *testing.T, e *matching.Engine) string {
	t.Helper()
	hash, err := e.Hash()
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

// dateRule would refuse whatever has dates, if rules saw any.
type dateRule struct{}

func (dateRule) Code() matching.Code { return "no_dates" }

func (dateRule) Check(c *matching.Case, why *matching.Reason) matching.Verdict {
	if c.From != 0 || c.To != 0 || c.Week != 0 || c.Groups != nil {
		return matching.Refuses
	}
	return matching.Passes
}

func TestRule_seesNoDates(t *testing.T) {
	t.Parallel()
	for seed := range uint64(60) {
		s := matchtest.World(seed)
		plain, watched := lawEngine(t, s), lawEngine(t, s, matching.WithRule(dateRule{}))
		for _, r := range s.Referrals {
			want(t, "options", lawJSON(t, lawOptions(t, plain, r.ID)), lawJSON(t, lawOptions(t, watched, r.ID)))
		}
	}
}

// wild says what no criterion or resource may.
type wild struct{}

func (w wild) Score(*matching.Case, *matching.Why) matching.Value {
	return matching.Value{Expected: 5000, Low: 9000, High: -1}
}
func (w wild) Pool(g *matching.Group) (string, bool)                   { return string(g.ID), true }
func (w wild) Capacity(string, calendar.Session) (int, bool)           { return -1, true }
func (w wild) Demand(*matching.Pupil) (int, bool)                      { return 1<<63 - 1, true }
func (w wild) Scope() matching.Scope                                   { return "moon" }
func (w wild) Check(*matching.Case, *matching.Reason) matching.Verdict { return 77 }

func (w wild) Apart(_, _ *matching.Pupil) (matching.Verdict, calendar.Date) {
	return matching.Passes, 0
}

type coded struct {
	wild
	code matching.Code
}

func (c coded) Code() matching.Code { return c.code }

func TestExtension_isHeldToItsBounds(t *testing.T) {
	t.Parallel()
	s := matchtest.World(1)
	s.Policy.Weights = map[matching.Code]int{"wild": 100}
	for _, o := range lawOptions(t, lawEngine(t, s, matching.WithCriterion(coded{code: "wild"})), s.Referrals[0].ID) {
		if o.Score < 0 || o.Score > 1000 || o.ScoreLow > o.Score || o.ScoreHigh < o.Score {
			t.Errorf("score %d of %d to %d", o.Score, o.ScoreLow, o.ScoreHigh)
		}
	}
	for _, extension := range []matching.Extension{
		matching.WithResource(coded{code: "seats"}), matching.WithRule(coded{code: "wild"}),
	} {
		for _, o := range lawOptions(t, lawEngine(t, matchtest.World(1), extension), s.Referrals[0].ID) {
			if o.Feasible && o.Stays[0].From != 0 && hasSession(s, o.Stays[0]) {
				t.Errorf("what can't be is possible: %s", lawJSON(t, o))
			}
		}
	}
}

func TestExtension_codesAreTheirOwn(t *testing.T) {
	t.Parallel()
	for _, extensions := range [][]matching.Extension{
		{matching.WithRule(coded{code: "year_group"})},
		{matching.WithRule(coded{code: ""})},
		{matching.WithResource(coded{code: "rival_areas"})},
		{matching.WithRule(coded{code: "mine"}), matching.WithResource(coded{code: "mine"})},
		{matching.WithCriterion(coded{code: "need_fit"})},
		{matching.WithCriterion(coded{code: "total"})},
		{matching.WithSeparation(coded{code: "moon"})},
		{matching.WithRule(nil)},
		{matching.WithCriterion(nil)},
	} {
		_, err := matching.New(matchtest.World(1), extensions...)
		faults, ok := errors.AsType[matching.Faults](err)
		if !ok || !strings.HasPrefix(faults[0].Pointer, "/extensions/") {
			t.Errorf("error %v", err)
		}
	}
}

func TestOption_ofAnotherEngine(t *testing.T) {
	t.Parallel()
	e := lawEngine(t, matchtest.World(1))
	referral, group := e.Snapshot().Referrals[0].ID, e.Snapshot().Groups[0]
	from := e.Snapshot().AsOf
	for name, o := range map[string]*matching.Option{
		"nil":     nil,
		"empty":   {Referral: referral},
		"pattern": {Referral: referral, Stays: []matching.Stay{{Group: group.ID, Pattern: "nope", From: from, To: from}}},
		"dates":   {Referral: referral, Stays: []matching.Stay{{Group: group.ID, Pattern: group.Patterns[0].ID, From: 1, To: 2}}},
	} {
		_, unlocks := e.Unlocks(o)
		_, effects := e.Effects(o)
		_, compared := e.Compare(o, o)
		for _, err := range []error{unlocks, effects, compared} {
			if !errors.Is(err, matching.ErrForeignOption) {
				t.Errorf("%s: error %v", name, err)
			}
		}
	}
}

func TestNew_checksWhatJSONCouldNotSay(t *testing.T) {
	t.Parallel()
	for at, spoil := range map[string]func(*matching.Snapshot){
		"/groups/0/places":            func(s *matching.Snapshot) { s.Groups[0].Places = matching.PerSession{99: 5} },
		"/groups/0/starts/weekdays/0": func(s *matching.Snapshot) { s.Groups[0].Starts = matching.Starts{Weekdays: []matching.Weekday{9}} },
		"/pupils/0/busy":              func(s *matching.Snapshot) { s.Pupils[0].Busy = 0xffff },
		"/pupils/0/unknown/1": func(s *matching.Snapshot) {
			s.Pupils[0].Unknown = []matching.Fact{matching.FactSex, matching.FactSex}
		},
	} {
		s := matchtest.World(1)
		spoil(s)
		_, err := matching.New(s)
		if faults, ok := errors.AsType[matching.Faults](err); !ok || faults[0].Pointer != at {
			t.Errorf("%s: %v", at, err)
		}
	}
	if _, err := matching.New(nil); err == nil {
		t.Error("no snapshot is a snapshot")
	}
}

// panics does so when it is asked.
type panics struct{}

func (panics) Code() matching.Code                                     { return "panics" }
func (panics) Check(*matching.Case, *matching.Reason) matching.Verdict { panic("an extension's fault") }

func TestEachMatch_panicsWhereItIsCalled(t *testing.T) {
	t.Parallel()
	e := lawEngine(t, matchtest.World(1), matching.WithRule(panics{}))
	defer func() {
		if recover() == nil {
			t.Error("the panic is lost")
		}
	}()
	e.EachMatch(func(matching.ReferralID, []matching.Match) bool { return true })
}

func TestQuestions_asksWhereThePupilLives(t *testing.T) {
	t.Parallel()
	asked := 0
	for seed := range uint64(60) {
		e := lawEngine(t, matchtest.World(seed))
		for _, r := range e.Snapshot().Referrals {
			p, _ := pupilOf(e.Snapshot(), r.ID)
			known := p.Latitude != nil && p.Knows(matching.FactLatitude) && p.Knows(matching.FactLongitude)
			questions, err := e.Questions(r.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, q := range questions {
				if q.Facts[0] == matching.FactLatitude {
					asked++
					want(t, "home known, and asked for", false, known)
				}
			}
		}
	}
	if asked == 0 {
		t.Error("nobody is asked where he lives")
	}
}
