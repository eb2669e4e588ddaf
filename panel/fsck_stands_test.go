package panel_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/audit"
)

// secondHouse adds another provision with a group, and another site of the Mill.
func (w *panelWorld) secondHouse() {
	w.Helper()
	w.update(func(tx panel.Tx) error {
		workshop, err := tx.Groups().Get("workshop")
		terms := matching.Group{Name: "Garden", Timetable: workshop.Terms.Timetable}
		return errors.Join(err,
			tx.Organisations().Add(&panel.Organisation{ID: "barn", Kind: panel.Provision, Name: "The Barn", Registered: true}),
			tx.Sites().Add(&panel.Site{ID: "barn-site", Organisation: "barn", Name: "Barn Lane"}),
			tx.Groups().Add(&panel.Group{ID: "garden", Organisation: "barn", Site: "barn-site", Terms: terms}),
			tx.Groups().Add(&panel.Group{ID: "kitchen", Organisation: "mill", Site: "mill-site", Terms: terms}))
	})
}

// findings are what a check finds, as "invariant noun detail".
func (w *panelWorld) findings() (list []string) {
	w.Helper()
	for _, f := range must(w.Fsck(w.as(theOfficer)))(w.T).Findings {
		list = append(list, strings.Join([]string{f.Invariant, string(f.Noun), f.Detail}, " "))
	}
	return list
}

// wantFinding wants one of the findings to hold a text.
func (w *panelWorld) wantFinding(text string) {
	w.Helper()
	list := w.findings()
	if !slices.ContainsFunc(list, func(s string) bool { return strings.Contains(s, text) }) {
		w.Errorf("found %q, want %q", list, text)
	}
}

// What a hand in the tables makes of a placement and its referral is noticed.
func TestFsck_placementsAreThoseThatWereDecided(t *testing.T) {
	t.Parallel()
	change := func(fn func(*panelWorld, *panel.Placement)) func(*panelWorld, panel.Tx, panel.PlacementID) error {
		return func(w *panelWorld, tx panel.Tx, id panel.PlacementID) error {
			p, err := tx.Placements().Get(id)
			fn(w, &p)
			return errors.Join(err, tx.Placements().Put(&p))
		}
	}
	referral := func(id panel.ReferralID, state panel.State) func(*panelWorld, panel.Tx, panel.PlacementID) error {
		return func(_ *panelWorld, tx panel.Tx, _ panel.PlacementID) error {
			r, err := tx.Referrals().Get(id)
			r.State = state
			return errors.Join(err, tx.Referrals().Put(&r))
		}
	}
	for name, c := range map[string]struct {
		spoil func(*panelWorld, panel.Tx, panel.PlacementID) error
		want  string
	}{
		"another group": {change(func(_ *panelWorld, p *panel.Placement) {
			p.Group, p.Site, p.Organisation = "garden", "barn-site", "barn"
		}), "decisions placement is in a group, by a pattern or from a day that was not decided"},
		"another day": {change(func(_ *panelWorld, p *panel.Placement) { p.From++ }), "from a day that was not decided"},
		"longer":      {change(func(_ *panelWorld, p *panel.Placement) { p.To += 20 }), "decisions placement lasts until"},
		"shorter":     {change(func(_ *panelWorld, p *panel.Placement) { p.To-- }), "decisions placement lasts until"},
		"another site": {change(func(_ *panelWorld, p *panel.Placement) { p.Site = "barn-site" }),
			"places placement is not at the site and the provision of its group"},
		"another pupil": {change(func(_ *panelWorld, p *panel.Placement) { p.Pupil = "pupil-of-ref-a" }),
			"decisions placement is not of the pupil"},
		"gone": {func(_ *panelWorld, tx panel.Tx, id panel.PlacementID) error { return tx.Placements().Delete(id) },
			"decisions decision has no placement in group workshop"},
		"declined": {change(func(_ *panelWorld, p *panel.Placement) { p.State = panel.Declined }),
			"states referral is placed, and no placement of it stands"},
		"withdrawn": {change(func(_ *panelWorld, p *panel.Placement) { p.State = panel.Withdrawn }),
			"states referral is placed, and no placement of it stands"},
		"ended": {change(func(w *panelWorld, p *panel.Placement) {
			p.State, p.Started, p.Ended, p.EndReason, p.Destination = panel.Ended, p.From, p.To, panel.Completed, panel.ToHomeSchool
		}), "states referral is placed, and no placement of it stands"},
		"moved from nowhere": {change(func(_ *panelWorld, p *panel.Placement) { p.MovedFrom = p.ID }),
			"goes on from a placement that is not there, or was not moved"},
		"the referral ready":         {referral("ref-c", panel.Ready), "states referral is ready, and 1 of its placements stand"},
		"the referral closed":        {referral("ref-c", panel.Closed), "states referral is closed, and 1 of its placements stand"},
		"another on an agenda of no": {referral("ref-d", panel.OnAgenda), "is on the agenda of no meeting"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onEachStore(t, func(w *panelWorld) {
				w.secondHouse()
				d := must(w.place("ref-c", "workshop", w.today+1, w.today+10))(w.T)
				if list := w.findings(); list != nil {
					w.Fatalf("found before: %q", list)
				}
				w.update(func(tx panel.Tx) error { return c.spoil(w, tx, d.Placements[0].ID) })
				w.wantFinding(c.want)
			})
		})
	}
}

// Moves and extensions are no findings, and a day that no extension gave is one.
func TestFsck_allowsMovesAndExtensions(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		w.secondHouse()
		p := must(w.place("ref-c", "workshop", w.today+1, w.today+30))(w.T).Placements[0]
		w.update(func(tx panel.Tx) (err error) {
			if p, err = tx.Placements().Get(p.ID); err != nil {
				return err
			}
			p.State, p.Started = panel.Started, p.From
			return tx.Placements().Put(&p)
		})
		p = must(w.Extend(w.as(theOfficer), p.ID, p.Version, w.today+60, longEnough))(w.T)
		weekday := w.today + 2
		for !slices.Contains([]int{1, 2, 3, 4, 5}, int(weekday+4)%7) { // 1970-01-01 was a Thursday
			weekday++
		}
		next := must(w.Move(w.as(theOfficer), p.ID, p.Version, panel.MoveInput{Group: "kitchen", Pattern: "all", From: weekday, Text: longEnough}))(w.T)
		if list := w.findings(); list != nil {
			w.Errorf("after an extension and a move: %q", list)
		}
		must(w.Decide(w.as(theChair), panel.DecisionInput{
			Referral: "ref-c", Outcome: panel.Extend, Placement: next.ID, To: w.today + 70, Reason: panel.Reason{Code: "progress", Text: longEnough},
		}))(w.T)
		if list := w.findings(); list != nil {
			w.Errorf("after a decision that extends it: %q", list)
		}
		w.update(func(tx panel.Tx) error {
			left, err := tx.Placements().Get(p.ID)
			left.To++
			return errors.Join(err, tx.Placements().Put(&left))
		})
		w.wantFinding("goes on from a placement that is not there, or was not moved, on the day before")
	})
}

// A line of the journal whose decision is gone is a finding, unless its pupil was erased.
func TestFsck_decisionsThatAreGone(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		w.decide(panel.DecisionInput{Referral: "ref-c", Outcome: panel.Place, Stays: w.ranked("", "ref-c")})
		line := func(pupil string) error {
			return w.store.Update(w.Context(), func(tx panel.Tx) error {
				return tx.Journal().Append(audit.Entry{
					Actor: string(theChair), Verb: string(panel.VerbPlace), Noun: string(panel.NounDecision), Subject: "gone-" + pupil,
					Pupils: []string{pupil}, Count: 1, Outcome: "done",
				})
			})
		}
		if err := errors.Join(line("alias-ref-a"), line("alias-ref-d")); err != nil {
			w.Fatal(err)
		}
		w.update(func(tx panel.Tx) error {
			r, err := tx.Referrals().Get("ref-a")
			r.State = panel.Withdrawn
			return errors.Join(err, tx.Referrals().Put(&r))
		})
		must(w.Erase(w.as(theOfficer), "pupil-of-ref-a", "request"))(w.T)
		health := must(w.Fsck(w.as(theOfficer)))(w.T)
		if len(health.Findings) != 1 || health.Findings[0].ID != "gone-alias-ref-d" || health.Findings[0].Invariant != "journal" {
			w.Errorf("found %+v", health.Findings)
		}
	})
}
