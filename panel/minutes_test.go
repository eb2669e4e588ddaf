package panel_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel"
)

// ranked are the stays of the first rank of a referral.
func (w *panelWorld) ranked(m panel.MeetingID, id panel.ReferralID) []matching.Stay {
	w.Helper()
	seen := must(w.Rank(w.as(theChair), m, id))(w.T)
	var answer struct {
		Ranking []struct{ Stays []matching.Stay }
	}
	if err := json.Unmarshal(seen.Answer, &answer); err != nil || len(answer.Ranking) == 0 {
		w.Fatalf("no group was ranked for %s: %v", id, err)
	}
	return answer.Ranking[0].Stays
}

func (w *panelWorld) decide(in panel.DecisionInput) panel.Decision {
	w.Helper()
	return must(w.Decide(w.as(theChair), in))(w.T).Decision
}

// TestW3_minutesSayWhatWasDecidedAndWhy holds a meeting: one placed by the ranking, one
// against it, one added late and not decided, and one in which a member has an interest.
func TestW3_minutesSayWhatWasDecidedAndWhy(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		m := w.opened("ref-c", "ref-a")
		_, err := w.Minutes(w.as(theNurse), w.called().ID)
		w.wantKind("of a meeting that has not begun", err, panel.WrongState)

		placed := w.decide(panel.DecisionInput{
			Meeting: m.ID, Referral: "ref-c", Outcome: panel.Place, Stays: w.ranked(m.ID, "ref-c"),
			Targets: []string{"Attends on four days of five"}, Conditions: []string{"A taster first"},
			Dissent: []panel.Dissent{{Person: theNurse, Text: "too soon"}},
			Actions: []panel.Action{{Text: "Write to the family", Owner: "Ola Officer", Due: w.today + 3}},
		})
		waits := w.decide(panel.DecisionInput{
			Meeting: m.ID, Referral: "ref-a", Outcome: panel.Wait, Reason: panel.Reason{Code: "safety", Text: longEnough},
		})
		must(w.AddLate(w.as(theOfficer), m.ID, "ref-d"))(w.T)
		m = must(w.Note(w.as(theOfficer), m.ID, "The next meeting is in a fortnight."))(w.T)
		draft := must(w.Minutes(w.as(theOfficer), m.ID))(w.T)
		if !draft.Draft || len(draft.Items) != 3 {
			t.Errorf("the draft: %v, %d items", draft.Draft, len(draft.Items))
		}
		m = must(w.Close(w.as(theChair), m.ID, m.Version))(w.T)

		got := must(w.Minutes(w.as(theOfficer), m.ID))(w.T)
		if got.Draft || !got.Closed.Equal(m.Closed) || got.Policy.ID != panel.DefaultPolicyID || got.Engine != matching.Version {
			t.Errorf("heading: %+v", got)
		}
		if diff := cmp.Diff(panel.MinutesPerson{Person: theNurse, Name: "Nia Nurse", Profession: "health", Seat: "member"}, got.Present[2]); diff != "" {
			t.Errorf("present (-want +got):\n%s", diff)
		}
		c, a, d := got.Items[0], got.Items[1], got.Items[2]
		if one := c.Decisions[0]; one.ID != placed.ID || one.Rank != 1 || one.Of < 1 || one.Departs || len(one.Stays) != 1 ||
			one.Stays[0].Name != "Workshop" || one.Stays[0].Organisation != "The Mill" || one.By != "Carys Chair" ||
			one.Dissent[0].By != "Nia Nurse" || one.Ranking != placed.Ranking || one.Snapshot != placed.Snapshot {
			t.Errorf("what was placed: %+v", one)
		}
		if !slices.Equal(c.Decisions[0].Recused, []string{"Pia Provider"}) {
			t.Errorf("who took no part in placing at the provision: %v", c.Decisions[0].Recused)
		}
		if one := a.Decisions[0]; one.ID != waits.ID || !one.Departs || one.Reason.Text != longEnough || one.Outcome != panel.Wait {
			t.Errorf("what waits: %+v", one)
		}
		if a.Interests[0].Name != "Hal Head" || a.Interests[0].Kind != panel.OwnSchool || a.State != panel.Waiting {
			t.Errorf("the item with an interest: %+v", a)
		}
		if d.Number != 3 || len(d.Decisions) != 0 || !d.Papers[0].Late || d.State != panel.Ready {
			t.Errorf("what was not decided: %+v", d)
		}
		if len(got.Notes) != 2 {
			t.Errorf("notes: %v", got.Notes)
		}
		seen := must(w.Minutes(w.as(theHead), m.ID))(w.T)
		if item := seen.Items[1]; !item.Withheld || item.Decisions != nil || item.Papers != nil {
			t.Errorf("what a member sees of the item of their own school: %+v", item)
		}
	})
}

// TestW3_aClosedMeetingDoesNotChange: its minutes are those that were signed, whatever
// people are called later, and no verb goes on with it.
func TestW3_aClosedMeetingDoesNotChange(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		m := w.opened("ref-a", "ref-c")
		must(w.Lean(w.as(theChair), m.ID, "ref-c", w.ranked(m.ID, "ref-c")))(w.T)
		_, err := w.Close(w.as(theChair), m.ID, m.Version-1)
		w.wantKind("an old version is closed", err, panel.Stale)
		m = must(w.Close(w.as(theChair), m.ID, m.Version))(w.T)
		for _, id := range m.Agenda {
			if r := w.referral(id); r.State != panel.Ready || r.Meeting != m.ID {
				t.Errorf("%s is %s, last before %q", id, r.State, r.Meeting)
			}
		}
		before := must(w.Minutes(w.as(theAuditor), m.ID))(w.T)
		w.update(func(tx panel.Tx) error {
			p, err := tx.People().Get(theChair)
			if err != nil {
				return err
			}
			p.Name = "Carys Other"
			leanings := 0
			for _, err := range tx.Tentatives().List(panel.Is(panel.ByMeeting, m.ID)) {
				if err != nil {
					return err
				}
				leanings++
			}
			if leanings > 0 {
				t.Errorf("%d tentative choices outlive the meeting", leanings)
			}
			return tx.People().Put(&p)
		})
		after := must(w.Minutes(w.as(theAuditor), m.ID))(w.T)
		if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("the minutes changed (-before +after):\n%s", diff)
		}
		if before.Text() != after.Text() {
			t.Error("their text changed")
		}
		w.update(func(tx panel.Tx) error {
			signed, err := tx.Evidence().Get(m.Minutes)
			if err != nil {
				return err
			}
			if paper := before.Items[0].Papers[0].Digest; paper == "" || bytes.Contains(signed, []byte(paper)) {
				t.Error("what is in an item is to be read in the minutes, and not in the evidence")
			}
			return nil
		})
		entries := w.journal()
		if m.Head.Seq == 0 || entries[m.Head.Seq-1].Hash != m.Head.Hash {
			t.Errorf("the head %d is not of the journal", m.Head.Seq)
		}
		for what, verb := range map[string]func() error{
			"note":   func() error { _, err := w.Note(w.as(theChair), m.ID, "one more thing"); return err },
			"attend": func() error { _, err := w.Attend(w.as(theChair), m.ID, everybody()[1]); return err },
			"close":  func() error { _, err := w.Close(w.as(theChair), m.ID, m.Version); return err },
			"late":   func() error { _, err := w.AddLate(w.as(theOfficer), m.ID, "ref-d"); return err },
			"agenda": func() error { _, err := w.SetAgenda(w.as(theOfficer), m.ID, m.Version, nil); return err },
			"edit":   func() error { _, err := w.EditMeeting(w.as(theOfficer), m.ID, m.Version, w.input()); return err },
			"declare": func() error {
				_, err := w.Declare(w.as(theNurse), m.ID, panel.Declaration{Referral: "ref-a", Text: "cousin"})
				return err
			},
		} {
			w.wantKind(what, verb(), panel.WrongState)
		}
	})
}
