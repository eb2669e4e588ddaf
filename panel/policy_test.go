package panel_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
)

func draftPolicy() panel.Policy {
	p := panel.DefaultPolicy()
	p.Name, p.Authority = "Thornmere", "919"
	return p
}

// TestPublish_saysEverythingThatIsWrong: also what matching finds wrong with its part.
func TestPublish_saysEverythingThatIsWrong(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		for _, test := range []struct {
			name   string
			change func(*panel.Policy)
			want   []string
		}{
			{"nothing", func(*panel.Policy) {}, nil},
			{"the frame", func(p *panel.Policy) { p.Name, p.Authority, p.Quorum = " ", "91a", 0 },
				[]string{"/authority authority", "/name too_short", "/quorum range"}},
			{"two lines of name", func(p *panel.Policy) { p.Name = "a\nb" }, []string{"/name too_long"}},
			{"its matching", func(p *panel.Policy) { p.Matching.MoveCost, p.Matching.TravelDetour = -1, 0 },
				[]string{"/matching/move_cost matching", "/matching/travel_detour matching"}},
			{"waivers of what nobody may waive", func(p *panel.Policy) {
				p.Waivable = []panel.Waivable{
					{Rule: matching.CodeYearGroup, Days: 1}, {Rule: matching.CodePlaces, Days: 1}, {Rule: matching.CodeUnregisteredFullTime, Days: 1},
				}
			}, []string{"/waivable/0/rule never", "/waivable/1/rule never", "/waivable/2/rule never"}},
			{"a separation that the policy has not", func(p *panel.Policy) { p.Matching.Separations = nil },
				[]string{"/waivable/0/rule never", "/waivable/4/rule never"}},
			{"safety with one person, for ever, twice", func(p *panel.Policy) {
				p.Waivable = []panel.Waivable{{Rule: matching.CodeKeepApart}, {Rule: matching.CodeKeepApart, Safety: true, Days: 367}}
			}, []string{"/waivable/0/days range", "/waivable/0/safety safety", "/waivable/1/days range", "/waivable/1/rule twice"}},
		} {
			p := draftPolicy()
			test.change(&p)
			_, err := w.Publish(w.as(theOfficer), p)
			if diff := cmp.Diff(test.want, faultsOf(err)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.name, diff)
			}
		}
		_, err := w.Publish(w.as(theChair), draftPolicy())
		w.wantKind("the chair publishes", err, panel.Forbidden)
	})
}

// TestPolicies_comeIntoForce: versions count up by name, and of two policies the one that
// was activated for the later day is in force; an open meeting keeps its own.
func TestPolicies_comeIntoForce(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		inForce := func() panel.PolicyID { return must(w.Policies(w.as(theNurse)))(w.T).InForce.ID }
		if inForce() != panel.DefaultPolicyID {
			t.Errorf("in force before any: %s", inForce())
		}
		publish := func(p panel.Policy) panel.Policy { return must(w.Publish(w.as(theOfficer), p))(w.T) }
		one, two := publish(draftPolicy()), publish(draftPolicy())
		other := draftPolicy()
		other.Name = "default"
		third := publish(other)
		if one.Number != 1 || two.Number != 2 || third.Number != 2 || one.Matching.ID != string(one.ID) || one.By != theOfficer {
			t.Errorf("numbers %d, %d, %d; named %q by %q", one.Number, two.Number, third.Number, one.Matching.ID, one.By)
		}
		activate := func(id panel.PolicyID, days calendar.Date) { must(w.Activate(w.as(theOfficer), id, w.today+days))(w.T) }
		activate(one.ID, 0)
		activate(third.ID, 7)
		if inForce() != one.ID {
			t.Errorf("in force: %s, want the first", inForce())
		}
		m := w.opened("ref-a")
		if m.Policy != one.ID {
			t.Errorf("the meeting goes by %s", m.Policy)
		}
		activate(two.ID, 0)
		if inForce() != two.ID {
			t.Errorf("in force: %s, want the one activated last for the same day", inForce())
		}
		if again := must(w.Meeting(w.as(theNurse), m.ID))(w.T); again.Policy != one.ID {
			t.Errorf("the open meeting goes by %s now", again.Policy)
		}
		activate(panel.DefaultPolicyID, 0)
		all := must(w.Policies(w.as(theNurse)))(w.T)
		if all.InForce.ID != panel.DefaultPolicyID || len(all.Published) != 4 || len(all.Activations) != 4 {
			t.Errorf("in force %s, %d published, %d activations", all.InForce.ID, len(all.Published), len(all.Activations))
		}
		_, err := w.Activate(w.as(theOfficer), one.ID, w.today-1)
		w.wantKind("for yesterday", err, panel.Invalid)
		_, err = w.Activate(w.as(theOfficer), "none", w.today)
		w.wantKind("no policy", err, panel.NotFound)
		_, err = w.Activate(w.as(theChair), one.ID, w.today)
		w.wantKind("by the chair", err, panel.Forbidden)
		_, err = w.Policies(w.as(theTeacher))
		w.wantKind("a teacher lists", err, panel.Forbidden)
	})
}

// TestDefaultPolicy_couldBePublished: it keeps to the terms that a published one has to keep to.
func TestDefaultPolicy_couldBePublished(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		got := must(w.Publish(w.as(theOfficer), panel.DefaultPolicy()))(w.T)
		if got.Number != panel.DefaultPolicy().Number+1 || !strings.EqualFold(got.Name, "default") {
			t.Errorf("published as version %d of %s", got.Number, got.Name)
		}
	})
}
