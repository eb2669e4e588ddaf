package panel_test

import (
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
)

// TestR13_onePupilIsInOnePlaceWhateverTheRecord: the sessions of a pupil are taken once, by
// whichever referral, under whichever of the pupil's records, and wherever the sites are.
func TestR13_onePupilIsInOnePlaceWhateverTheRecord(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		other func(*mondayWorld) panel.ReferralID // makes the other referral of the same pupil
		merge func(*mondayWorld) error            // makes one of the records, once the first is placed
	}{
		"two referrals of one record": {func(w *mondayWorld) panel.ReferralID { return w.second("ref-c") }, nil},
		"merged since":                {nil, func(w *mondayWorld) error { return w.merge("ref-c", "ref-d") }},
		"the other way round":         {nil, func(w *mondayWorld) error { return w.merge("ref-d", "ref-c") }},
		"both into a third": {nil, func(w *mondayWorld) error {
			if err := w.merge("ref-c", "ref-b"); err != nil {
				return err
			}
			return w.merge("ref-d", "ref-b")
		}},
		"in a chain": {nil, func(w *mondayWorld) error {
			if err := w.merge("ref-c", "ref-b"); err != nil {
				return err
			}
			return w.merge("ref-b", "ref-d")
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onAMonday(t, func(w *mondayWorld) {
				other := panel.ReferralID("ref-d")
				if test.other != nil {
					other = test.other(w)
				}
				must(w.act("ref-c", "workshop", 1, 20))(w.T)
				if test.merge != nil {
					if err := test.merge(w); err != nil {
						w.Fatal(err)
					}
				}
				_, err := w.act(other, "garden", 1, 20)
				w.wantBroken("at the same time elsewhere", err, "busy 2026-11-24")
				_, err = w.act(other, "garden", 21, 40)
				w.wantBroken("afterwards", err)
			})
		})
	}
}

// lengthened are the two ways in which a stay goes on for longer.
var lengthened = map[string]func(w *mondayWorld, p panel.Placement, to int) error{
	"by the officer": func(w *mondayWorld, p panel.Placement, to int) error {
		_, err := w.Extend(w.as(theOfficer), p.ID, p.Version, w.day(to), longEnough)
		return err
	},
	"by a decision": func(w *mondayWorld, p panel.Placement, to int) error {
		_, err := w.Decide(w.as(theChair), panel.DecisionInput{
			Referral: p.Referral, Outcome: panel.Extend, Placement: p.ID, To: w.day(to), Reason: panel.Reason{Code: "progress", Text: longEnough},
		})
		return err
	},
}

// TestExtend_runsEveryRuleOnTheDaysItGains: a longer stay is asked what a new one would be.
func TestExtend_runsEveryRuleOnTheDaysItGains(t *testing.T) {
	t.Parallel()
	onePlace := func(g *matching.Group) { g.Places = matching.Every(1) }
	for name, test := range map[string]struct {
		before func(*mondayWorld) // the stay of ref-c in the workshop, of days 1 to 11, begins
		since  func(*mondayWorld) // and after
		to     int
		want   []string
	}{
		"nothing stands against it": {nil, nil, 53, nil},
		"the pupil is elsewhere by then": {nil, func(w *mondayWorld) {
			must(w.act(w.second("ref-c"), "garden", 14, 30))(w.T)
		}, 20, []string{"busy 2026-12-07"}},
		"kept apart from somebody there": {nil, func(w *mondayWorld) {
			must(w.act("ref-d", "workshop", 1, 60))(w.T)
			w.keepApart("ref-c", "ref-d")
		}, 53, []string{"keep_apart 2026-12-07 alias-ref-d"}},
		"no place is left": {func(w *mondayWorld) { w.terms("workshop", onePlace) }, func(w *mondayWorld) {
			must(w.act("ref-d", "workshop", 14, 60))(w.T)
		}, 20, []string{"places 2026-12-07 alias-ref-d"}},
		"a day before anybody else comes": {func(w *mondayWorld) { w.terms("workshop", onePlace) }, func(w *mondayWorld) {
			must(w.act("ref-d", "workshop", 14, 60))(w.T)
		}, 13, nil},
		"no adult on a day": {nil, func(w *mondayWorld) {
			must(w.RecordChange(w.as(theOfficer), panel.Change{
				Site: "mill-site", Group: "workshop", From: w.day(16), To: w.day(16), Adults: matching.Every(0), Reason: "sickness",
			}))(w.T)
		}, 20, []string{"staffing 2026-12-09"}},
		"longer than the most weeks": {func(w *mondayWorld) {
			w.terms("workshop", func(g *matching.Group) { g.Weeks = &matching.Length{Min: 1, Max: 4} })
		}, nil, 29, []string{"end_date 2026-12-21"}},
		"as long as the most weeks": {func(w *mondayWorld) {
			w.terms("workshop", func(g *matching.Group) { g.Weeks = &matching.Length{Min: 1, Max: 4} })
		}, nil, 28, nil},
		"longer than the most days": {func(w *mondayWorld) {
			w.terms("workshop", func(g *matching.Group) { g.Days = &matching.Length{Min: 1, Max: 10} })
		}, nil, 15, []string{"end_date 2026-12-07"}},
		"past the last day of the group": {func(w *mondayWorld) {
			w.terms("workshop", func(g *matching.Group) { g.Open = matching.Span{From: w.day(0), To: w.day(18)} })
		}, nil, 22, []string{"end_date 2026-12-11"}},
	} {
		for way, longer := range lengthened {
			t.Run(name+"/"+way, func(t *testing.T) {
				t.Parallel()
				onAMonday(t, func(w *mondayWorld) {
					if test.before != nil {
						test.before(w)
					}
					p := w.standing("ref-c", "workshop", 1, 11)
					if test.since != nil {
						test.since(w)
					}
					w.wantBroken(name, longer(w, p, test.to), test.want...)
					want := w.day(test.to)
					if test.want != nil {
						want = p.To
					}
					if got := must(w.Placement(w.as(theOfficer), p.ID))(w.T).To; got != want {
						w.Errorf("the stay ends on %v, want %v", got, want)
					}
				})
			})
		}
	}
}

// TestMove_runsTheRulesOfWhereItLeads: but for what was asked when the pupil came.
func TestMove_runsTheRulesOfWhereItLeads(t *testing.T) {
	t.Parallel()
	loft := func(change func(*matching.Group)) func(*mondayWorld) {
		return func(w *mondayWorld) { w.terms("loft", change) }
	}
	for name, test := range map[string]struct {
		given func(*mondayWorld)
		from  int
		want  []string
	}{
		"nothing stands against it": {func(*mondayWorld) {}, 7, nil},
		"on a Sunday":               {func(*mondayWorld) {}, 6, []string{"start_date 2026-11-29"}},
		"another year":              {loft(func(g *matching.Group) { g.Accepts.Years = []int{10, 11} }), 7, []string{"year_group"}},
		"another sex":               {loft(func(g *matching.Group) { g.Accepts.Sex = "M" }), 7, []string{"sex"}},
		"a trait that it refuses": {func(w *mondayWorld) {
			w.answer("ref-c", verifiedAnswer("risk.fire", "high"))
			w.terms("loft", func(g *matching.Group) { g.Accepts.Refuses = []string{"arson"} })
		}, 7, []string{"refused_trait arson"}},
		"the group closes before the end": {func(w *mondayWorld) {
			w.terms("loft", func(g *matching.Group) { g.Open = matching.Span{From: w.day(0), To: w.day(20)} })
		}, 7, []string{"end_date 2026-12-13"}},
		"longer than its most weeks": {loft(func(g *matching.Group) { g.Weeks = &matching.Length{Min: 1, Max: 2} }), 7, []string{"end_date 2026-12-13"}},
		"no place": {func(w *mondayWorld) {
			w.terms("loft", func(g *matching.Group) { g.Places = matching.Every(1) })
			must(w.act("ref-d", "loft", 1, 60))(w.T)
		}, 7, []string{"places 2026-11-30 alias-ref-d"}},
		"kept apart from somebody there": {func(w *mondayWorld) {
			must(w.act("ref-d", "loft", 1, 60))(w.T)
			w.keepApart("ref-c", "ref-d")
		}, 7, []string{"keep_apart 2026-11-30 alias-ref-d"}},
		"the reason and the least length are not asked again": {func(w *mondayWorld) {
			w.answer("ref-c", verifiedAnswer("referral.reason", "permanent_exclusion"))
			w.terms("loft", func(g *matching.Group) {
				g.Accepts.Reasons, g.Weeks = []string{"pregnancy"}, &matching.Length{Min: 12, Max: 13}
			})
		}, 7, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onAMonday(t, func(w *mondayWorld) {
				p := w.standing("ref-c", "workshop", 1, 32)
				test.given(w)
				next, err := w.Move(w.as(theOfficer), p.ID, p.Version, panel.MoveInput{Group: "loft", Pattern: "all", From: w.day(test.from), Text: longEnough})
				w.wantBroken(name, err, test.want...)
				stands := must(w.Placements(w.as(theOfficer), panel.PlacementFilter{Referral: "ref-c", States: []panel.State{panel.Started}}))(w.T)
				if want := next.ID; len(stands) != 1 || test.want == nil && stands[0].ID != want || test.want != nil && stands[0].ID != p.ID {
					w.Errorf("what stands afterwards: %+v", stands)
				}
			})
		})
	}
}

// TestR4_rivalsByWhateverSpelling: the register is written by people, and so are forms.
func TestR4_rivalsByWhateverSpelling(t *testing.T) {
	t.Parallel()
	apart := []string{"rival_areas 2026-11-24 alias-ref-c"}
	for name, test := range map[string]struct {
		register, form string
		want           []string
	}{
		"an apostrophe":              {"King's Park", "kings-park", apart},
		"a stop":                     {"St. Anne", "st-anne", apart},
		"two spaces":                 {"Alder  park", "alder-park", apart},
		"a space in an outcode":      {"SG 1", "SG1", apart},
		"a postcode for its outcode": {"SG1 2AB", "sg1", apart},
		"capitals":                   {"kings park", "KINGS-PARK", apart},
		"another outcode":            {"SG1", "SG11", nil},
		"another estate":             {"King's Park", "kings-parkway", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onAMonday(t, func(w *mondayWorld) {
				w.answer("ref-c", verifiedAnswer("apart.areas", test.form))
				w.answer("ref-d", verifiedAnswer("apart.areas", "other-end"))
				in := w.feud()
				in.Areas = []string{test.register, "Other End"}
				must(w.Rivalry(w.as(theOfficer), in))(w.T)
				must(w.act("ref-c", "workshop", 1, 20))(w.T)
				_, err := w.act("ref-d", "workshop", 1, 20)
				w.wantBroken("rivals on one site", err, test.want...)
			})
		})
	}
}

// TestR5_oneHomeInSeveralSpellings: ids of homes are typed in, too.
func TestR5_oneHomeInSeveralSpellings(t *testing.T) {
	t.Parallel()
	together := []string{"care_home_peers 2026-11-24 alias-ref-c"}
	for spelling, want := range map[string][]string{"elm-house": together, "ELM.HOUSE": together, "elm_house": together, "elm-house-2": nil} {
		t.Run(spelling, func(t *testing.T) {
			t.Parallel()
			onAMonday(t, func(w *mondayWorld) {
				for r, home := range map[panel.ReferralID]string{"ref-c": "Elm-House", "ref-d": spelling} {
					w.answer(r, verifiedAnswer("agencies.care_home", "yes"), verifiedAnswer("agencies.care_home_id", home))
				}
				must(w.act("ref-c", "workshop", 1, 20))(w.T)
				_, err := w.act("ref-d", "workshop", 1, 20)
				w.wantBroken("in one group", err, want...)
			})
		})
	}
}

// TestR12_whatAnOlderFormSaysCounts: a second referral does not make anything unknown.
func TestR12_whatAnOlderFormSaysCounts(t *testing.T) {
	t.Parallel()
	for name, other := range map[string]func(*mondayWorld) panel.ReferralID{
		"of the same record": func(w *mondayWorld) panel.ReferralID { return w.second("ref-c") },
		"of a record that was merged": func(w *mondayWorld) panel.ReferralID {
			if err := w.merge("ref-c", "ref-d"); err != nil {
				w.Fatal(err)
			}
			return "ref-d"
		},
		"where the other one says that it is not known": func(w *mondayWorld) panel.ReferralID {
			id := w.second("ref-c")
			w.answer(id, form.Answer{Field: "risk.fire", Grade: form.Unknown, Reason: "the last school has closed", On: w.today})
			return id
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onAMonday(t, func(w *mondayWorld) {
				w.terms("workshop", func(g *matching.Group) { g.Accepts.Refuses = []string{"arson"} })
				w.answer("ref-c", verifiedAnswer("risk.fire", "high"))
				_, err := w.act(other(w), "workshop", 1, 20)
				w.wantBroken("placed by the other form", err, "refused_trait arson")
			})
		})
	}
}
