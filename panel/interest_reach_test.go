package panel_test

import (
	"errors"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
)

// place places a referral between meetings, by the chair.
func (w *panelWorld) place(r panel.ReferralID, g panel.GroupID, from, to calendar.Date) (panel.Decided, error) {
	return w.Decide(w.as(theChair), panel.DecisionInput{
		Referral: r, Outcome: panel.Place, Stays: []matching.Stay{{Group: g, Pattern: "all", From: from, To: to}},
		Reason: panel.Reason{Code: "local_knowledge", Text: longEnough},
	})
}

// alsoAt gives a person one more grant.
func (w *panelWorld) alsoAt(p panel.PersonID, role panel.Role, o panel.OrganisationID) {
	w.Helper()
	w.update(func(tx panel.Tx) error {
		person, err := tx.People().Get(p)
		person.Grants = append(person.Grants, panel.Grant{Role: role, Organisation: o})
		return errors.Join(err, tx.People().Put(&person))
	})
}

// A token that leaves out the role in which somebody has an interest takes rights away, and
// not the interest.
func TestInterest_isNotLeftOutByAToken(t *testing.T) {
	t.Parallel()
	for name, at := range map[string]struct {
		role panel.Role
		o    panel.OrganisationID
	}{"own school": {panel.RoleSchool, "elm"}, "own provision": {panel.RoleProvider, "mill"}} {
		onEachStore(t, func(w *panelWorld) {
			w.alsoAt(theChair, at.role, at.o)
			narrow := panel.As(w.Context(), panel.Caller{Person: theChair, Roles: []panel.Role{panel.RoleChair}, Request: "r", Purpose: "panel"})
			_, err := w.Rank(narrow, "", "ref-b") // of Elm, and asks for the Mill
			w.wantKind(name+": rank", err, panel.NotFound)
			_, err = w.Referral(narrow, "ref-b")
			w.wantKind(name+": read", err, panel.NotFound)
			_, err = w.Decide(narrow, panel.DecisionInput{Referral: "ref-b", Outcome: panel.Wait, Reason: panel.Reason{Code: "other", Text: longEnough}})
			w.wantKind(name+": decide", err, panel.NotFound)
		})
	}
}

// An interest that was declared outlasts the meeting's decision, and the meeting.
func TestInterest_outlastsTheDecision(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		m := w.opened("ref-c", "ref-d")
		must(w.Declare(w.as(theChair), m.ID, panel.Declaration{Referral: "ref-c", Text: "aunt of the pupil"}))(w.T)
		out := func(when string) {
			w.Helper()
			_, err := w.Referral(w.as(theChair), "ref-c")
			w.wantKind(when+": read", err, panel.NotFound)
			_, err = w.Rank(w.as(theChair), "", "ref-c")
			w.wantKind(when+": rank", err, panel.NotFound)
			_, err = w.place("ref-c", "workshop", w.today+1, w.today+10)
			w.wantKind(when+": place", err, panel.NotFound)
			_, err = w.Referral(w.as(theDeputy), "ref-c")
			w.wantKind(when+": another chair reads", err, "")
		}
		must(w.Decide(w.as(theDeputy), panel.DecisionInput{
			Meeting: m.ID, Referral: "ref-c", Outcome: panel.Wait, Reason: panel.Reason{Code: "local_knowledge", Text: longEnough},
		}))(w.T)
		out("decided")
		must(w.Close(w.as(theChair), m.ID, must(w.Meeting(w.as(theChair), m.ID))(w.T).Version))(w.T)
		out("closed")
	})
}

// Staff of the provision that has the pupil have an interest too, between meetings.
func TestInterest_ofTheProvisionThatHasThePupil(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		must(w.place("ref-c", "workshop", w.today+1, w.today+10))(w.T)
		w.alsoAt(theDeputy, panel.RoleProvider, "mill")
		narrow := panel.As(w.Context(), panel.Caller{Person: theDeputy, Roles: []panel.Role{panel.RoleChair}, Request: "r", Purpose: "panel"})
		for id, want := range map[panel.ReferralID]panel.Kind{"ref-c": panel.NotFound, "ref-d": ""} {
			_, err := w.Referral(narrow, id)
			w.wantKind(string(id), err, want)
		}
	})
}

// asked are the ids of what a verb may be about.
type asked struct {
	placement panel.PlacementID
	review    panel.ReviewID
	meeting   panel.MeetingID
	decision  panel.DecisionID
}

// What is not there reads as what is not one's own, whoever asks.
func TestAbsent_readsAsForeign(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		d := must(w.place("ref-c", "workshop", w.today+1, w.today+10))(w.T)
		p := d.Placements[0].ID
		w.addReview("review", p)
		m := w.called("ref-d")
		for _, who := range []panel.PersonID{theTeacher, theNurse, theAuditor, "p-stranger"} {
			if who == "p-stranger" {
				w.update(func(tx panel.Tx) error {
					return tx.People().Add(&panel.Person{ID: who, SignIn: "stranger", Name: "S", Grants: []panel.Grant{
						{Role: panel.RoleProvider, Organisation: "elm"}, {Role: panel.RoleMember},
					}})
				})
			}
			ctx := w.as(who)
			for verb, try := range map[string]func(asked) error{
				"placement": func(a asked) error {
					_, err := w.Placement(ctx, a.placement)
					return err
				},
				"reviews": func(a asked) error {
					_, err := w.Reviews(ctx, a.placement)
					return err
				},
				"accept": func(a asked) error {
					_, err := w.Accept(ctx, a.placement, 9)
					return err
				},
				"review": func(a asked) error {
					_, err := w.Review(ctx, a.review, 9, panel.ReviewInput{})
					return err
				},
				"open": func(a asked) error {
					_, err := w.Open(ctx, a.meeting, 9, panel.OpenInput{})
					return err
				},
				"ratify": func(a asked) error {
					_, err := w.Ratify(ctx, a.meeting, a.decision, true, "")
					return err
				},
			} {
				there, gone := try(asked{p, "review", m.ID, d.Decision.ID}), try(asked{"none", "none", "none", "none"})
				if there != nil && explained(there) != explained(gone) {
					w.Errorf("%s, %s: foreign is %s, absent is %s", who, verb, explained(there), explained(gone))
				}
			}
		}
	})
}
