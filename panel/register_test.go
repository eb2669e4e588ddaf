package panel_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
)

func (w *panelWorld) fight() panel.EntryInput {
	return panel.EntryInput{
		Act: panel.OpenEntry, Pupils: []panel.PupilID{"pupil-of-ref-b", "pupil-of-ref-a"}, Scope: matching.OnSite, Reason: "fight",
		Text: "a fight at the bus stop in October", Source: "school", Grade: form.Reported, ReviewOn: w.today + 90,
	}
}

func (w *panelWorld) feud() panel.EntryInput {
	return panel.EntryInput{
		Act: panel.OpenEntry, Areas: []string{"sg1", " Chells  Manor "}, Reason: "area_conflict",
		Text: "an appeal for calm by the police", Source: "police", Grade: form.Unknown, Until: w.today + 30,
	}
}

// TestR7_keepApartSaysEverythingThatIsWrong: and what is told repeats nothing of what was typed.
func TestR7_keepApartSaysEverythingThatIsWrong(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		for _, test := range []struct {
			name   string
			change func(*panel.EntryInput)
			want   []string
		}{
			{"an unknown act", func(in *panel.EntryInput) { in.Act = "delete" },
				[]string{"/act unknown", "/pupils unexpected", "/subject required"}},
			{"one pupil twice", func(in *panel.EntryInput) { in.Pupils[1] = in.Pupils[0] }, []string{"/pupils pair"}},
			{"nobody", func(in *panel.EntryInput) { in.Pupils = nil }, []string{"/pupils pair"}},
			{"a stranger", func(in *panel.EntryInput) { in.Pupils[1] = "nobody" }, []string{"/pupils/1 unknown"}},
			{"areas", func(in *panel.EntryInput) { in.Areas = []string{"SG1"} }, []string{"/areas unexpected"}},
			{"nothing said", func(in *panel.EntryInput) {
				*in = panel.EntryInput{Act: panel.OpenEntry, Pupils: in.Pupils}
			}, []string{"/grade unknown", "/reason unknown", "/review_on required", "/scope unknown", "/source unknown", "/text too_short"}},
			{"in the past", func(in *panel.EntryInput) { in.Until, in.ReviewOn = w.today-1, w.today-1 },
				[]string{"/review_on range", "/until range"}},
			{"a new matter of an old one", func(in *panel.EntryInput) { in.Subject = "other" }, []string{"/subject required"}},
			{"closed with what is for opening", func(in *panel.EntryInput) { in.Act, in.Subject = panel.CloseEntry, "other" }, []string{
				"/grade unexpected", "/pupils unexpected", "/reason unknown", "/review_on unexpected", "/scope unexpected", "/source unexpected",
			}},
		} {
			in := w.fight()
			test.change(&in)
			_, err := w.KeepApart(w.as(theOfficer), in)
			if diff := cmp.Diff(test.want, faultsOf(err)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.name, diff)
			}
		}
		_, err := w.KeepApart(w.as(theNurse), w.fight())
		w.wantKind("a member", err, panel.Forbidden)
	})
}

// TestR7_theRegisterIsAppendedTo: the last entry of a matter holds, and all stay.
func TestR7_theRegisterIsAppendedTo(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		write := func(in panel.EntryInput) panel.RegisterEntry { return must(w.KeepApart(w.as(theOfficer), in))(w.T) }
		opened := write(w.fight())
		if want := []panel.PupilID{"pupil-of-ref-a", "pupil-of-ref-b"}; !cmp.Equal(want, opened.Pupils) || opened.Subject != string(opened.ID) {
			t.Errorf("opened: %+v", opened)
		}
		_, err := w.KeepApart(w.as(theChair), w.fight())
		w.wantKind("the same two again", err, panel.Conflict)
		again := w.fight()
		again.Act, again.Subject, again.Pupils, again.Scope, again.Grade = panel.AmendEntry, opened.Subject, nil, matching.InGroup, form.Verified
		reopen := again
		reopen.Act = panel.ReopenEntry
		_, err = w.KeepApart(w.as(theOfficer), reopen)
		w.wantKind("an open matter is reopened", err, panel.WrongState)
		amended := write(again)
		if amended.Scope != matching.InGroup || !cmp.Equal(amended.Pupils, opened.Pupils) {
			t.Errorf("amended: %+v", amended)
		}
		over := panel.EntryInput{Act: panel.CloseEntry, Subject: opened.Subject, Reason: "mediated", Text: longEnough}
		closed := write(over)
		if closed.Scope != matching.InGroup || closed.Source != "school" || closed.Grade != form.Verified {
			t.Errorf("closed: %+v", closed)
		}
		_, err = w.KeepApart(w.as(theOfficer), over)
		w.wantKind("a closed matter is closed", err, panel.WrongState)
		_, err = w.KeepApart(w.as(theOfficer), again)
		w.wantKind("a closed matter is amended", err, panel.WrongState)
		second := write(w.fight())
		_, err = w.KeepApart(w.as(theOfficer), reopen)
		w.wantKind("reopened beside an open one of the same two", err, panel.Conflict)
		over.Subject = second.Subject
		write(over)
		write(reopen)
		over.Subject = "none"
		_, err = w.KeepApart(w.as(theOfficer), over)
		w.wantKind("no such matter", err, panel.NotFound)

		all := must(w.Register(w.as(theAuditor), panel.KeepApartRegister))(w.T)
		if len(all) != 2 || len(all[0].History) != 4 || !all[0].Holds() || !all[1].Closed {
			t.Fatalf("register: %+v", all)
		}
		var acts []panel.EntryAct
		for _, e := range all[0].History {
			acts = append(acts, e.Act)
		}
		want := []panel.EntryAct{panel.OpenEntry, panel.AmendEntry, panel.CloseEntry, panel.ReopenEntry}
		if diff := cmp.Diff(want, acts); diff != "" {
			t.Errorf("history (-want +got):\n%s", diff)
		}
		entries := w.journal()
		if diff := cmp.Diff([]string{"alias-ref-a", "alias-ref-b"}, entries[len(entries)-1].Pupils); diff != "" {
			t.Errorf("whose records the journal says were read (-want +got):\n%s", diff)
		}
		_, err = w.Register(w.as(theNurse), panel.KeepApartRegister)
		w.wantKind("a member reads", err, panel.Forbidden)
		_, err = w.Register(w.as(theOfficer), "gossip")
		w.wantKind("no such register", err, panel.Invalid)
	})
}

// TestR4_rivalriesAreOfAreas: however they are typed, and never of a child.
func TestR4_rivalriesAreOfAreas(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		for _, test := range []struct {
			name   string
			change func(*panel.EntryInput)
			want   []string
		}{
			{"pupils", func(in *panel.EntryInput) { in.Pupils = w.fight().Pupils }, []string{"/pupils unexpected"}},
			{"one area, typed twice", func(in *panel.EntryInput) { in.Areas = []string{"sg1", "SG1 "} }, []string{"/areas pair"}},
			{"no names of areas", func(in *panel.EntryInput) { in.Areas = []string{"", "<b>"} },
				[]string{"/areas/0 area", "/areas/1 area"}},
			{"a reason of children", func(in *panel.EntryInput) { in.Reason = "fight" }, []string{"/reason unknown"}},
			{"a scope of its own", func(in *panel.EntryInput) { in.Scope = matching.OnSite }, []string{"/scope unknown"}},
		} {
			in := w.feud()
			test.change(&in)
			_, err := w.Rivalry(w.as(theOfficer), in)
			if diff := cmp.Diff(test.want, faultsOf(err)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.name, diff)
			}
		}
		made := must(w.Rivalry(w.as(theChair), w.feud()))(w.T)
		if diff := cmp.Diff([]string{"CHELLS MANOR", "SG1"}, made.Areas); diff != "" {
			t.Errorf("areas (-want +got):\n%s", diff)
		}
		turned := w.feud()
		turned.Areas = []string{"chells manor", "SG1"}
		_, err := w.Rivalry(w.as(theChair), turned)
		w.wantKind("the same two the other way round", err, panel.Conflict)
		all := must(w.Register(w.as(theChair), panel.RivalryRegister))(w.T)
		if len(all) != 1 || !all[0].Holds() || all[0].Current.Grade != form.Unknown {
			t.Errorf("register: %+v", all)
		}
	})
}

// TestRegister_whatIsPastItsDay: an entry past its last day holds no more, and one whose
// review has come says so.
func TestRegister_whatIsPastItsDay(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		w.update(func(tx panel.Tx) error {
			for _, e := range []panel.RegisterEntry{
				{ID: "past", Until: w.today - 1}, {ID: "last-day", Until: w.today}, {ID: "review", ReviewOn: w.today},
			} {
				e.Subject, e.Kind, e.Act, e.Areas = string(e.ID), panel.RivalryRegister, panel.OpenEntry, []string{"A " + string(e.ID), "B"}
				if err := tx.Register().Add(&e); err != nil {
					return err
				}
			}
			return nil
		})
		w.update(func(tx panel.Tx) error { // two people at the same moment: one closes, one amends
			for id, act := range []panel.EntryAct{panel.OpenEntry, panel.CloseEntry, panel.AmendEntry} {
				e := panel.RegisterEntry{
					ID: panel.EntryID("race-" + string(rune('0'+id))), Subject: "race-0", Kind: panel.RivalryRegister, Act: act, Areas: []string{"C", "D"},
				}
				if err := tx.Register().Add(&e); err != nil {
					return err
				}
			}
			return nil
		})
		got := map[panel.EntryID][2]bool{}
		for _, m := range must(w.Register(w.as(theOfficer), panel.RivalryRegister))(w.T) {
			got[m.Current.ID] = [2]bool{m.Holds(), m.ReviewDue}
		}
		want := map[panel.EntryID][2]bool{"past": {false, false}, "last-day": {true, false}, "review": {true, true}, "race-2": {false, false}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("holds, review due (-want +got):\n%s", diff)
		}
	})
}
