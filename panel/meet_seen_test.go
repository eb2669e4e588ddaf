package panel_test

import (
	"slices"
	"testing"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/audit"
)

const treated = "treated the pupil after an overdose"

// What a member's interest is, which may say more of the pupil than the papers do, is for
// the member, whoever presides without an interest, the officer and the auditor.
func TestMeeting_theWordsOfAnInterestAreForFew(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		m := w.opened("ref-a", "ref-d")
		must(w.Declare(w.as(theNurse), m.ID, panel.Declaration{Referral: "ref-a", Text: treated}))(w.T)
		must(w.Declare(w.as(theDeputy), m.ID, panel.Declaration{Referral: "ref-a", Text: "aunt"}))(w.T)
		for who, want := range map[panel.PersonID]bool{
			theNurse: true, theChair: true, theOfficer: true, theAuditor: true, theHead: false, theProvider: false, theDeputy: false,
		} {
			told := func(what string, list []panel.Interest) {
				i := slices.IndexFunc(list, func(i panel.Interest) bool { return i.Person == theNurse })
				if i < 0 || (list[i].Text == treated) != want {
					w.Errorf("%s is told in the %s: %+v", who, what, list)
				}
			}
			told("meeting", must(w.Meeting(w.as(who), m.ID))(w.T).Interests)
			told("list", must(w.Meetings(w.as(who), 0, 0))(w.T)[0].Interests)
			for _, item := range must(w.Minutes(w.as(who), m.ID))(w.T).Items {
				for _, i := range item.Interests {
					if i.Text == treated && !want {
						w.Errorf("%s is told in the minutes", who)
					}
				}
			}
		}
	})
}

// What a verb on the meeting answers with is what its caller may see.
func TestMeeting_anAnswerIsWhatTheCallerMaySee(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		m := w.opened("ref-c")
		must(w.Declare(w.as(theNurse), m.ID, panel.Declaration{Referral: "ref-c", Text: treated}))(w.T)
		must(w.Declare(w.as(theChair), m.ID, panel.Declaration{Referral: "ref-c", Text: "aunt"}))(w.T)
		noted := must(w.Note(w.as(theChair), m.ID, "apologies"))(w.T)
		attended := must(w.Attend(w.as(theChair), m.ID, panel.Attendance{Person: theHead}))(w.T)
		for what, got := range map[string]panel.Meeting{"note": noted, "attend": attended} {
			if len(got.Papers) != 0 {
				w.Errorf("%s shows the papers of an item to a chair with an interest in it", what)
			}
			if slices.ContainsFunc(got.Interests, func(i panel.Interest) bool { return i.Text == treated }) {
				w.Errorf("%s shows another's interest in it", what)
			}
		}
	})
}

// Whoever reads a meeting, the list of them or the minutes reads of the pupils before it,
// and the journal says so.
func TestMeeting_readsAreInTheJournal(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		action := must(w.place("ref-b", "workshop", w.today+1, w.today+10))(w.T)
		m := w.opened("ref-a", "ref-d")
		must(w.Ratify(w.as(theChair), m.ID, action.Decision.ID, true, ""))(w.T)
		last := func() audit.Entry { all := w.journal(); return all[len(all)-1] }
		check := func(what string, want ...string) {
			w.Helper()
			if e := last(); e.Noun != string(panel.NounMeeting) || !slices.Equal(e.Pupils, want) {
				w.Errorf("%s: the journal says %s %s of %v, want %v", what, e.Verb, e.Noun, e.Pupils, want)
			}
		}
		must(w.Meeting(w.as(theNurse), m.ID))(w.T)
		check("a member reads the meeting", "alias-ref-a", "alias-ref-d")
		must(w.Meeting(w.as(theHead), m.ID))(w.T)
		check("a member of the school of ref-a", "alias-ref-d")
		must(w.Meetings(w.as(theNurse), 0, 0))(w.T)
		check("a member lists", "alias-ref-a", "alias-ref-d")
		must(w.Minutes(w.as(theNurse), m.ID))(w.T)
		check("a member reads the minutes", "alias-ref-a", "alias-ref-b", "alias-ref-d")
	})
}

// What a meeting said of a chair's action is withheld from members with an interest in it,
// in the draft and in the minutes that were signed.
func TestMinutes_ratificationsAreWithheld(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		own := must(w.place("ref-a", "workshop", w.today+1, w.today+10))(w.T) // of the head's school, at the provider's
		m := w.opened("ref-d")
		must(w.Ratify(w.as(theChair), m.ID, own.Decision.ID, false, longEnough))(w.T)
		check := func(when string) {
			for who, want := range map[panel.PersonID]int{theHead: 0, theProvider: 0, theNurse: 1, theChair: 1, theOfficer: 1} {
				if got := must(w.Minutes(w.as(who), m.ID))(w.T).Ratified; len(got) != want {
					w.Errorf("%s: %s reads %+v", when, who, got)
				}
			}
		}
		check("draft")
		must(w.Close(w.as(theChair), m.ID, must(w.Meeting(w.as(theChair), m.ID))(w.T).Version))(w.T)
		check("signed")
	})
}
