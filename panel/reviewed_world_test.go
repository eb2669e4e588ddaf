package panel_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
	"example.org/backontrack/panel/paneltest"
)

// mondayWorld is a panelWorld on a Monday morning, with another provision and a second site
// of the Mill's. Days are counted from the Monday on which it began.
type mondayWorld struct {
	*panelWorld
	now time.Time
}

// onAMonday runs a test on a world in each store, whose clock only the test moves.
func onAMonday(t *testing.T, test func(*mondayWorld)) {
	t.Helper()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		t.Helper()
		w := &mondayWorld{now: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)}
		w.panelWorld = furnished(t, e.Open(t, func() time.Time { return w.now }))
		week := calendar.OnDays(time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday)
		w.update(func(tx panel.Tx) error {
			return errors.Join(
				tx.Organisations().Add(&panel.Organisation{ID: "barn", Kind: panel.Provision, Name: "The Barn", Registered: true}),
				tx.Sites().Add(&panel.Site{ID: "barn-site", Organisation: "barn", Name: "Barn Road"}),
				tx.Sites().Add(&panel.Site{ID: "mill-two", Organisation: "mill", Name: "Mill Two"}),
				tx.Groups().Add(&panel.Group{ID: "garden", Organisation: "barn", Site: "barn-site", Terms: matching.Group{Name: "Garden", Timetable: week}}),
				tx.Groups().Add(&panel.Group{ID: "loft", Organisation: "mill", Site: "mill-two", Terms: matching.Group{Name: "Loft", Timetable: week}}),
			)
		})
		test(w)
	})
}

// later lets days go by.
func (w *mondayWorld) later(days int) { w.now = w.now.AddDate(0, 0, days) }

// day is a day of the world: 0 is the Monday, 7 the next one.
func (w *mondayWorld) day(n int) calendar.Date { return w.today + calendar.Date(n) }

// stay is one stay in a group, on all of its days, from a day to a day.
func (w *mondayWorld) stay(g panel.GroupID, from, to int) []matching.Stay {
	return []matching.Stay{{Group: g, Pattern: "all", From: w.day(from), To: w.day(to)}}
}

// act is a chair's action that places a pupil.
func (w *mondayWorld) act(r panel.ReferralID, g panel.GroupID, from, to int) (panel.Decided, error) {
	return w.Decide(w.as(theChair), panel.DecisionInput{
		Referral: r, Outcome: panel.Place, Stays: w.stay(g, from, to), Reason: panel.Reason{Code: "local_knowledge", Text: longEnough},
	})
}

// standing is a placement that a chair's action made and that has started since.
func (w *mondayWorld) standing(r panel.ReferralID, g panel.GroupID, from, to int) (p panel.Placement) {
	w.Helper()
	id := must(w.act(r, g, from, to))(w.T).Placements[0].ID
	w.update(func(tx panel.Tx) (err error) {
		if p, err = tx.Placements().Get(id); err != nil {
			return err
		}
		p.State, p.Started = panel.Started, p.From
		return tx.Placements().Put(&p)
	})
	return p
}

// second is another referral of a pupil's, ready too, of which the form says only the year.
func (w *mondayWorld) second(of panel.ReferralID) panel.ReferralID {
	w.Helper()
	id := of + "-second"
	w.update(func(tx panel.Tx) error {
		return tx.Referrals().Add(&panel.Referral{
			ID: id, Pupil: panel.PupilID("pupil-of-" + of), School: "oak", State: panel.Ready, Submitted: w.now, Received: w.today,
			Form: form.Form{Answers: []form.Answer{{Field: "pupil.year", Value: []string{"8"}, Grade: form.Verified}}},
		})
	})
	return id
}

// answer puts answers into a referral's form.
func (w *mondayWorld) answer(r panel.ReferralID, answers ...form.Answer) {
	w.Helper()
	w.update(func(tx panel.Tx) error {
		stored, err := tx.Referrals().Get(r)
		if err != nil {
			return err
		}
		stored.Form = stored.Form.With(answers...)
		return tx.Referrals().Put(&stored)
	})
}

// verifiedAnswer is an answer with evidence.
func verifiedAnswer(key string, values ...string) form.Answer {
	return form.Answer{Field: key, Value: values, Grade: form.Verified}
}

// terms changes what a group takes and has.
func (w *mondayWorld) terms(id panel.GroupID, change func(*matching.Group)) {
	w.Helper()
	w.update(func(tx panel.Tx) error {
		g, err := tx.Groups().Get(id)
		if err != nil {
			return err
		}
		change(&g.Terms)
		return tx.Groups().Put(&g)
	})
}

// keepApart writes into the register that the pupils of two referrals are kept apart.
func (w *mondayWorld) keepApart(a, b panel.ReferralID) {
	w.Helper()
	in := w.fight()
	in.Pupils = []panel.PupilID{panel.PupilID("pupil-of-" + a), panel.PupilID("pupil-of-" + b)}
	must(w.KeepApart(w.as(theOfficer), in))(w.T)
}

// merge makes one record of those of two referrals; the second goes on.
func (w *mondayWorld) merge(from, to panel.ReferralID) error {
	return w.Merge(w.as(theOfficer), panel.PupilID("pupil-of-"+from), panel.PupilID("pupil-of-"+to), panel.PapersAgree)
}

// wantBroken wants an error that lists exactly these rules, each as its code, the first day
// on which it is broken, and who else is concerned: "busy 2026-11-24". None means no error.
func (w *mondayWorld) wantBroken(what string, err error, want ...string) {
	w.Helper()
	if want == nil {
		if err != nil {
			w.Errorf("%s: %v %v, want it allowed", what, err, rulesAgainst(err))
		}
		return
	}
	if got := rulesAgainst(err); panel.KindOf(err) != panel.RulesBroken || !slices.Equal(got, want) {
		w.Errorf("%s: got %v with the rules %q, want %s with %q", what, err, got, panel.RulesBroken, want)
	}
}

// brokenRules are the rules that stand against something, each once.
func rulesAgainst(err error) []string {
	var list []string
	if e, ok := errors.AsType[*panel.Error](err); ok {
		for _, r := range e.Reasons {
			parts := []string{string(r.Code)}
			if r.Date != 0 {
				parts = append(parts, r.Date.String())
			}
			for _, p := range r.Pupils {
				parts = append(parts, string(p))
			}
			list = append(list, strings.Join(append(parts, r.Codes...), " "))
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
