package paneltest

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
)

// Noon is when a [Town]'s panels meet: a fixed clock for its store.
func Noon() time.Time { return noon }

// A Town is a small authority in which several panels sit at the same time, each with its
// own chair and agenda, and decide about the same groups. It is written to the store
// directly, so that a test can begin where the decisions are.
type Town struct {
	Service  *panel.Service
	Chairs   []panel.PersonID
	Meetings []panel.MeetingID
	Agendas  [][]panel.ReferralID
	Pupils   [][]panel.PupilID
	Groups   []panel.GroupID
	Sites    []panel.SiteID
}

// A Plot says what a town is like.
type Plot struct {
	Panels        int
	Each          int // referrals on each agenda
	Groups        int
	GroupsPerSite int // 0: one
	Places        int
	Pupil         func(panel, n int) []form.Answer // what a form says beside year and sex
	Group         func(n int, g *matching.Group)
	Tables        func(panel.Tx, *Town) error // what else there is
}

// Stay is all sessions of one of the town's groups, for six weeks.
func (t *Town) Stay(group int) []matching.Stay {
	return []matching.Stay{{
		Group: t.Groups[group], Pattern: "all", From: calendar.MustDate("2026-11-30"), To: calendar.MustDate("2027-01-10"),
	}}
}

// Build writes a town to a store.
func Build(t testing.TB, store panel.Store, p Plot) *Town {
	t.Helper()
	town := &Town{Service: panel.New(store, panel.Options{})}
	if err := store.Update(t.Context(), func(tx panel.Tx) error {
		*town = Town{Service: town.Service}
		if err := town.places(tx, &p); err != nil {
			return err
		}
		for i := range p.Panels {
			if err := town.panel(tx, &p, i); err != nil {
				return err
			}
		}
		if p.Tables != nil {
			return p.Tables(tx, town)
		}
		return nil
	}); err != nil {
		t.Fatalf("build the town: %v", err)
	}
	return town
}

const school, provision = panel.OrganisationID("school"), panel.OrganisationID("provision")

func (t *Town) places(tx panel.Tx, p *Plot) error {
	for _, o := range []panel.Organisation{
		{ID: school, Kind: panel.School, Name: "School", Registered: true},
		{ID: provision, Kind: panel.Provision, Name: "Provision", Registered: true},
	} {
		if err := tx.Organisations().Add(&o); err != nil {
			return err
		}
	}
	each := max(p.GroupsPerSite, 1)
	for i := range p.Groups {
		if i%each == 0 {
			s := panel.Site{ID: panel.SiteID(fmt.Sprintf("site-%03d", i/each)), Organisation: provision, Name: "Site"}
			if err := tx.Sites().Add(&s); err != nil {
				return err
			}
			t.Sites = append(t.Sites, s.ID)
		}
		g := panel.Group{
			ID: panel.GroupID(fmt.Sprintf("group-%03d", i)), Organisation: provision, Site: t.Sites[len(t.Sites)-1],
			Terms: matching.Group{Timetable: calendar.OnDays(time.Monday, time.Tuesday), Places: matching.Every(p.Places)},
		}
		if p.Group != nil {
			p.Group(i, &g.Terms)
		}
		if err := tx.Groups().Add(&g); err != nil {
			return err
		}
		t.Groups = append(t.Groups, g.ID)
	}
	return nil
}

// panel adds a panel: its chair, its agenda, its meeting, which is open.
func (t *Town) panel(tx panel.Tx, p *Plot, i int) error {
	chair := panel.Person{
		ID: panel.PersonID(fmt.Sprintf("chair-%03d", i)), SignIn: fmt.Sprintf("chair-%03d", i), Name: "Chair",
		Grants: []panel.Grant{{Role: panel.RoleChair}},
	}
	m := panel.Meeting{
		ID: panel.MeetingID(fmt.Sprintf("meeting-%03d", i)), Date: panel.Day(noon), Horizon: calendar.MustDate("2027-07-16"),
		State: panel.Open, Policy: panel.DefaultPolicyID, Chair: chair.ID, Members: []panel.PersonID{chair.ID}, Quorum: 1,
		Attendance: []panel.Attendance{{Person: chair.ID, Present: true}}, Opened: noon,
	}
	if err := tx.People().Add(&chair); err != nil {
		return err
	}
	var referrals []panel.Referral
	var pupils []panel.PupilID
	for n := range p.Each {
		pupil := panel.Pupil{
			ID:        panel.PupilID(fmt.Sprintf("pupil-%03d-%03d", i, n)),
			Pseudonym: panel.Pseudonym(fmt.Sprintf("p-%03d-%03d", i, n)),
		}
		if err := tx.Pupils().Add(&pupil); err != nil {
			return err
		}
		r := panel.Referral{
			ID: panel.ReferralID(fmt.Sprintf("referral-%03d-%03d", i, n)), Pupil: pupil.ID, School: school, State: panel.OnAgenda,
			Meeting: m.ID, Created: noon, Submitted: noon, Received: panel.Day(noon), Form: p.form(i, n),
		}
		m.Agenda, referrals, pupils = append(m.Agenda, r.ID), append(referrals, r), append(pupils, pupil.ID)
	}
	if i == 0 {
		policy := panel.DefaultPolicy()
		policy.Quorum = 1 // a panel of one, where a test does not seat more
		if err := tx.Policies().Add(&policy); err != nil {
			return err
		}
		inForce := panel.Activation{ID: "activation", Policy: policy.ID, From: calendar.MustDate("2026-09-01")}
		if err := tx.Activations().Add(&inForce); err != nil {
			return err
		}
	}
	if err := tx.Meetings().Add(&m); err != nil {
		return err
	}
	for _, r := range referrals {
		if err := tx.Referrals().Add(&r); err != nil {
			return err
		}
	}
	t.Chairs, t.Meetings, t.Agendas, t.Pupils = append(t.Chairs, chair.ID), append(t.Meetings, m.ID), append(t.Agendas, m.Agenda), append(t.Pupils, pupils)
	return nil
}

// form is one of which matching knows all that no rule asks about.
func (p *Plot) form(i, n int) form.Form {
	answers := []form.Answer{Said("pupil.year", "9"), Said("pupil.sex", "M")}
	if p.Pupil != nil {
		answers = append(answers, p.Pupil(i, n)...)
	}
	return form.Normalise(form.Form{Answers: answers})
}

// Said is a verified answer.
func Said(field string, values ...string) form.Answer {
	return form.Answer{Field: field, Value: values, Grade: form.Verified, By: "school", On: panel.Day(noon)}
}

// Risks are the answers of a form whose risks are all none, but for these levels.
func Risks(levels map[string]string) []form.Answer {
	var answers []form.Answer
	seen := map[string]bool{}
	for _, rule := range form.TraitRules() {
		if seen[rule.Item] {
			continue
		}
		seen[rule.Item] = true
		level, ok := levels[rule.Item]
		if !ok {
			level = "none"
		}
		answers = append(answers, Said("risk."+rule.Item, level))
	}
	return answers
}

// Key is a request key of a decider's nth request.
func Key(decider, n int) string { return strconv.Itoa(decider) + "-" + strconv.Itoa(n) }
