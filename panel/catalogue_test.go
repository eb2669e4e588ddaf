package panel_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/audit"
)

func TestD8_everyFaultOfTheCatalogueIsToldAtOnce(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		_, err := o.SaveOrganisation(o.chief, panel.Organisation{
			ID: "a b", Kind: "club", Name: "\n", URN: "12", LAESTAB: "9x9", UKPRN: "2", Authority: "91", Postcode: "nowhere",
			LowAge: -1, HighAge: 40, Opened: o.day, Closed: o.day - 1, TermsFrom: o.day,
		})
		faultsAre(t, "organisation", err, "/id", "/kind", "/name", "/urn", "/laestab", "/ukprn", "/authority", "/postcode",
			"/low_age", "/high_age", "/closed", "/terms_from")

		_, err = o.SaveSite(o.chief, panel.Site{
			Organisation: home, Postcode: "nowhere", Latitude: new(51.9), Zones: []string{"main", "main", "a b"},
			Floating: matching.Every(-1),
		})
		faultsAre(t, "site", err, "/name", "/postcode", "/zones/1", "/zones/2", "/longitude", "/floating_adults", "/organisation")

		g := groupOf("another")
		g.Site, g.Terms.Zone = "elsewhere", "attic"
		g.Terms.Name = ""
		g.Terms.Accepts.Years = []int{7, 99}
		g.Terms.Patterns[1].Sessions = 0
		g.Terms.Weeks, g.Terms.Days = &matching.Length{Max: 6}, &matching.Length{Min: 3, Max: 2}
		_, err = o.SaveGroup(o.chief, g)
		faultsAre(t, "group", err, "/terms/name", "/terms/accepts/years/1", "/terms/patterns/1/sessions", "/terms/days/max",
			"/terms/days", "/site")

		g = groupOf("another")
		g.Terms.Zone = "attic"
		g.Terms.Newcomer = &matching.Newcomer{Days: 5, Zone: "cellar"}
		_, err = o.SaveGroup(o.chief, g)
		faultsAre(t, "zones", err, "/terms/zone", "/terms/newcomer/zone")

		_, err = o.RecordChange(o.chief, panel.Change{
			Site: yard, Group: mornings, To: o.day, Places: matching.Every(-1), Reason: "weather",
		})
		if panel.KindOf(err) != panel.Invalid {
			t.Errorf("a change of fewer than no places: %v", err)
		}
		_, err = o.RecordChange(o.chief, panel.Change{Site: yard, From: o.day, To: o.day - 1, Places: matching.Every(1), Reason: "other"})
		faultsAre(t, "change of a site", err, "/to", "/places")

		if _, err := o.SaveOutcodes(o.chief, []panel.Outcode{
			{ID: "SG1", Latitude: 51.9, Longitude: -0.2}, {ID: "sg2", Latitude: -0.2, Longitude: 51.9},
		}); err == nil {
			t.Error("an outcode in the Indian Ocean is in the gazetteer")
		} else {
			faultsAre(t, "gazetteer", err, "/1/id", "/1/latitude", "/1/longitude")
		}
	})
}

func TestD8_theCatalogueIsReadAsItWasSaved(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		organisation := made(o.Organisation(o.chief, home))(t)
		if organisation.Postcode != "SG1 1AA" || organisation.LAESTAB != "9194001" {
			t.Errorf("postcode %q and LAESTAB %q are not in their one spelling", organisation.Postcode, organisation.LAESTAB)
		}
		want := groupOf(mornings)
		want.Version = 1
		if diff := cmp.Diff(want, made(o.Group(o.chief, mornings))(t)); diff != "" {
			t.Errorf("group (-want +got)\n%s", diff)
		}
		if list := made(o.Organisations(o.chief, panel.OrganisationFilter{Kinds: []panel.OrganisationKind{panel.Provision}}))(t); len(list) != 1 || list[0].ID != farm {
			t.Errorf("provisions: %v", list)
		}
		if list := made(o.Organisations(o.chief, panel.OrganisationFilter{URN: "117506"}))(t); len(list) != 1 || list[0].ID != home {
			t.Errorf("by URN: %v", list)
		}
		first := made(o.Groups(o.chief, panel.GroupFilter{Site: yard, Limit: 1}))(t)
		if len(first) != 1 {
			t.Fatalf("a page of one has %d", len(first))
		}
		rest := made(o.Groups(o.chief, panel.GroupFilter{Organisation: farm, After: first[0].ID, Limit: 5}))(t)
		if len(rest) != 1 || rest[0].ID == first[0].ID {
			t.Errorf("the page after: %v", rest)
		}
		if list := made(o.Sites(o.chief, panel.SiteFilter{Organisation: home}))(t); len(list) != 0 {
			t.Errorf("sites of a school: %v", list)
		}
		if n := made(o.SaveOutcodes(o.chief, []panel.Outcode{{ID: "SG1", Latitude: 51.9, Longitude: -0.2}}))(t); n != 1 {
			t.Errorf("%d outcodes", n)
		}
		if n := made(o.SaveOutcodes(o.chief, []panel.Outcode{{ID: "SG1", Latitude: 51.8, Longitude: -0.2}, {ID: "SG2", Latitude: 51.9, Longitude: -0.1}}))(t); n != 2 {
			t.Errorf("%d outcodes, one of them again", n)
		}
		_, err := o.SaveOrganisation(o.chief, panel.Organisation{Kind: panel.School, Name: "Another", URN: "117506"})
		refused(t, "a URN that another has", err, panel.Conflict)
		_, err = o.SaveGroup(o.chief, func() panel.Group { g := groupOf(mornings); g.Version = 7; return g }())
		refused(t, "a version that is not there", err, panel.Stale)
		_, err = o.SaveGroup(o.chief, func() panel.Group { g := groupOf("none"); g.Version = 1; return g }())
		refused(t, "a group that is not there", err, panel.NotFound)
	})
}

func TestD8_whatPlacementsUseStays(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		o.placed(mornings, "half")
		g := made(o.Group(o.chief, mornings))(t)
		g.Terms.Patterns = g.Terms.Patterns[:1]
		g.Site = made(o.SaveSite(o.chief, panel.Site{Organisation: farm, Name: "The mill"}))(t).Noun.ID
		_, err := o.SaveGroup(o.chief, g)
		faultsAre(t, "a pattern that somebody is on, and the site", err, "/site", "/terms/patterns")
		refused(t, "the group", o.RemoveGroup(o.chief, mornings, 1), panel.Conflict)
		refused(t, "an old version", o.RemoveGroup(o.chief, workshop, 2), panel.Stale)
		if err := o.RemoveGroup(o.chief, workshop, 1); err != nil {
			t.Errorf("a group that nobody was in: %v", err)
		}
		_, err = o.Group(o.chief, workshop)
		refused(t, "the group that is gone", err, panel.NotFound)
		site := made(o.Site(o.chief, yard))(t)
		site.Zones = []string{"barn"}
		_, err = o.SaveSite(o.chief, site)
		faultsAre(t, "a zone that a group is in", err, "/zones")
		farmer := made(o.Organisation(o.chief, farm))(t)
		farmer.Kind = panel.Agency
		_, err = o.SaveOrganisation(o.chief, farmer)
		faultsAre(t, "a provision with sites", err, "/kind")
	})
}

func TestR1_fewerPlacesThanPupilsAreStoredAndTold(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		o.placed(mornings, "full")
		o.placed(mornings, "half")
		o.placed(workshop, "full")
		g := made(o.Group(o.chief, mornings))(t)
		g.Terms.Places = matching.Every(1)
		saved := made(o.SaveGroup(o.chief, g))(t)
		if len(saved.Consequences) != 1 || saved.Consequences[0].Group != mornings || len(saved.Consequences[0].Pupils) != 2 {
			t.Fatalf("one place for two: %+v", saved.Consequences)
		}
		line := o.last()
		if line.Verb != "edit" || line.Noun != "group" || len(line.Pupils) != 2 || line.Detail[0] != (audit.Pair{Key: "broken", Value: "1"}) {
			t.Errorf("the journal does not say whom it leaves where a rule is broken: %+v", line)
		}
		saved.Noun.Terms.Name = "Another name"
		if again := made(o.SaveGroup(o.chief, saved.Noun))(t); len(again.Consequences) != 0 {
			t.Errorf("what was broken before is told as new: %+v", again.Consequences)
		}
	})
}

func TestR2_aChangeToStaffingIsStoredAndTold(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		o.placed(mornings, "full")
		staff := o.as("farmer", panel.Grant{Role: panel.RoleProvider, Organisation: farm})
		c := panel.Change{Site: yard, Group: mornings, From: o.day, To: o.day + 4, Adults: matching.Every(0), Reason: "sickness"}
		recorded := made(o.RecordChange(staff, c))(t)
		if len(recorded.Consequences) != 1 || recorded.Consequences[0].Code != matching.CodeStaffing {
			t.Fatalf("no adult for a pupil: %+v", recorded.Consequences)
		}
		if recorded.Noun.Recorded != o.day {
			t.Errorf("recorded on %v", recorded.Noun.Recorded)
		}
		helper := panel.Change{Site: yard, From: o.day, To: o.day + 4, Adults: matching.Every(2000), Reason: "recruited"}
		floating := made(o.RecordChange(staff, helper))(t)
		if len(floating.Consequences) != 0 {
			t.Errorf("more adults break something: %+v", floating.Consequences)
		}
		for what, test := range map[string]struct {
			filter panel.ChangeFilter
			want   int
		}{
			"all":               {panel.ChangeFilter{}, 2},
			"of the group":      {panel.ChangeFilter{Group: mornings}, 1},
			"of the site":       {panel.ChangeFilter{Site: yard}, 2},
			"on the last day":   {panel.ChangeFilter{On: o.day + 4}, 2},
			"on the day after":  {panel.ChangeFilter{On: o.day + 5}, 0},
			"the first of them": {panel.ChangeFilter{Limit: 1}, 1},
			"of another group":  {panel.ChangeFilter{Group: workshop}, 0},
			"on the day before": {panel.ChangeFilter{On: o.day - 1}, 0},
		} {
			if list := made(o.Changes(staff, test.filter))(t); len(list) != test.want {
				t.Errorf("changes %s: %d, want %d", what, len(list), test.want)
			}
		}
		_, err := o.RemoveChange(staff, floating.Noun.ID, 9)
		refused(t, "an old version", err, panel.Stale)
		if broken := made(o.RemoveChange(staff, recorded.Noun.ID, 1))(t); len(broken) != 0 {
			t.Errorf("to have the adults back breaks something: %+v", broken)
		}
	})
}

func TestD8_whoKeepsTheCatalogue(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		other := made(o.SaveOrganisation(o.chief, panel.Organisation{Kind: panel.Provision, Name: "The mill"}))(t).Noun
		mine := o.as("farmer", panel.Grant{Role: panel.RoleProvider, Organisation: farm})
		miller := o.as("miller", panel.Grant{Role: panel.RoleProvider, Organisation: other.ID})
		teacher := o.as("teacher", panel.Grant{Role: panel.RoleSchool, Organisation: home})
		c := panel.Change{Site: yard, Group: mornings, From: o.day, Adults: matching.Every(1000), Reason: "vacancy"}
		recorded := made(o.RecordChange(mine, c))(t)

		_, err := o.RecordChange(miller, c)
		refused(t, "another provision's change", err, panel.NotFound)
		_, err = o.RemoveChange(miller, recorded.Noun.ID, 1)
		refused(t, "taking back another provision's change", err, panel.NotFound)
		_, err = o.RemoveChange(miller, "none", 1)
		refused(t, "taking back what is not there", err, panel.NotFound)
		_, err = o.RecordChange(teacher, c)
		refused(t, "a school's change", err, panel.Forbidden)
		_, err = o.Changes(teacher, panel.ChangeFilter{})
		refused(t, "a school's list of changes", err, panel.Forbidden)
		if list := made(o.Changes(miller, panel.ChangeFilter{}))(t); len(list) != 0 {
			t.Errorf("another provision sees %d changes", len(list))
		}
		_, err = o.SaveGroup(mine, groupOf("mine"))
		refused(t, "a provision's group", err, panel.Forbidden)
		refused(t, "a provision's removal", o.RemoveGroup(mine, mornings, 1), panel.Forbidden)
		refused(t, "a removal of what is not there", o.RemoveGroup(mine, "none", 1), panel.Forbidden)
		_, err = o.SaveSite(mine, panel.Site{Organisation: farm, Name: "Mine"})
		refused(t, "a provision's site", err, panel.Forbidden)
		_, err = o.SaveOrganisation(o.admin, panel.Organisation{Kind: panel.School, Name: "Mine"})
		refused(t, "an administrator's school", err, panel.Forbidden)
		_, err = o.SaveOutcodes(mine, []panel.Outcode{{ID: "SG1", Latitude: 51.9}})
		refused(t, "a provision's gazetteer", err, panel.Forbidden)
		if line := o.last(); line.Outcome != "denied" || line.Actor != "farmer" {
			t.Errorf("the refusal is not in the journal: %+v", line)
		}
		_, err = o.Groups(t.Context(), panel.GroupFilter{})
		refused(t, "nobody's list", err, panel.Unauthenticated)
		if list := made(o.Groups(teacher, panel.GroupFilter{}))(t); len(list) != 2 {
			t.Errorf("a school sees %d groups", len(list))
		}
	})
}
