package demo_test

import (
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/demo"
)

func groupOf(t *testing.T, id matching.GroupID) matching.Group {
	t.Helper()
	groups := snapshot(t).Groups
	i := slices.IndexFunc(groups, func(g matching.Group) bool { return g.ID == id })
	if i < 0 {
		t.Fatalf("no group %q", id)
	}
	return groups[i]
}

func length(t *testing.T, what string, got *matching.Length, low, usual, high int) {
	t.Helper()
	if got == nil || *got != (matching.Length{Min: low, Usual: usual, Max: high}) {
		t.Errorf("%s: %+v, want %d, %d, %d", what, got, low, usual, high)
	}
}

func years(t *testing.T, id matching.GroupID, want ...int) {
	t.Helper()
	if got := groupOf(t, id).Accepts.Years; !slices.Equal(got, want) {
		t.Errorf("%s: years %v, want %v", id, got, want)
	}
}

func days(t *testing.T, id matching.GroupID, pattern matching.PatternID, want int) {
	t.Helper()
	g := groupOf(t, id)
	sessions := g.Timetable
	if i := slices.IndexFunc(g.Patterns, func(p matching.Pattern) bool { return p.ID == pattern }); i >= 0 {
		sessions = g.Patterns[i].Sessions
	} else if pattern != "all" {
		t.Fatalf("%s has no pattern %q", id, pattern)
	}
	same(t, string(id)+"/"+string(pattern)+" sessions", sessions.Len(), 2*want)
}

func TestY1_centreForTwoKeyStages(t *testing.T) {
	length(t, "Key Stage 3, fixed term", groupOf(t, "esc-ks3-a").Weeks, 4, 6, 12)
	years(t, "esc-ks3-a", 7, 8, 9)
	years(t, "esc-ks4-y10", 10)
	if w := groupOf(t, "esc-ks4-y10").Weeks; w != nil {
		t.Errorf("Key Stage 4 ends after %+v", w)
	}
	r := ranked(t, "r03")
	same(t, "Year 10 unless asked otherwise", ranked(t, "r22").possible("esc-ks4-y10/all").Stays[0].To, date("2027-07-16"))
	same(t, "a part of the week leaves the home school's", r.possible("esc-ks4-y10/wed-fri").Stays[0].From, date("2026-11-30"))
}

func TestY2_designatedWorker(t *testing.T) {
	for _, id := range []matching.GroupID{"outreach-younger", "outreach-older"} {
		g := groupOf(t, id)
		same(t, "pupils at a time", g.Places[calendar.MonAM], 1)
		for _, p := range g.Patterns {
			same(t, "sessions a week", p.Sessions.Len(), 1)
		}
	}
	r := ranked(t, "r03")
	if !slices.ContainsFunc(r.Ranking.Ranking, func(o matching.Option) bool { return is(o, "outreach-older/wed-am", "west-ks4/thu-fri") }) {
		t.Error("the worker does not go beside a group")
	}
}

func TestY3_offSiteAndRespite(t *testing.T) {
	length(t, "school days", groupOf(t, "swap-mill").Days, 1, 2, 3)
	length(t, "respite", groupOf(t, "swap-respite").Weeks, 1, 2, 7)
	away := story(t, "two-days-away").first("swap-mill/all")
	same(t, "from", away.Stays[0].From, date("2026-11-24"))
	same(t, "to", away.Stays[0].To, date("2026-11-25"))
	r := story(t, "key-days")
	same(t, "half a term", r.first("swap-respite/key-days").Stays[0].To, date("2027-01-17"))
	r.possible("swap-respite/block")
}

func TestY4_packageWeek(t *testing.T) {
	r := story(t, "package-week")
	o := r.first("motor/all", "tarnside-core/all")
	same(t, "start", o.Stays[0].From, date("2026-11-30"))
	same(t, "late", o.Late, false)
	for _, alone := range []string{"motor/all", "tarnside-core/all"} {
		if x := r.possible(alone); x.Total >= o.Total {
			t.Errorf("%s alone has %d, the package %d", alone, x.Total, o.Total)
		}
	}
}

func TestY5_threeContracts(t *testing.T) {
	places := 0
	for _, id := range []matching.GroupID{"ascent-y11", "trade-y11", "signal-y11"} {
		years(t, id, 11)
		days(t, id, "all", 5)
		places += groupOf(t, id).Places[calendar.MonAM]
	}
	same(t, "places", places, 30)
	ranked(t, "r06").possible("ascent-y11/all")
	ranked(t, "r05").possible("signal-y11/all")
	ranked(t, "r11").possible("trade-y11/all")
}

func TestY6_partnershipsAndMothersUnit(t *testing.T) {
	for _, id := range []matching.GroupID{"west-ks3", "west-ks4", "east-ks3", "east-ks4", "south-ks3", "south-ks4"} {
		days(t, id, "all", 5)
		if len(groupOf(t, id).Patterns) < 2 {
			t.Errorf("%s has no part time", id)
		}
	}
	nest := groupOf(t, "nest")
	same(t, "sex", nest.Accepts.Sex, matching.Female)
	years(t, "nest", 7, 8, 9, 10, 11)
	same(t, "refuses", len(nest.Accepts.Refuses), 0)
	r := ranked(t, "r05")
	if !slices.ContainsFunc(r.Ranking.Ranking, func(o matching.Option) bool { return is(o, "tarnside-core/all", "west-kitchen/all") }) {
		t.Error("the partner school's kitchen is not combined with another centre")
	}
}

func TestY7_fourteenCentres(t *testing.T) {
	focus := map[string]bool{}
	for _, s := range demo.Systems() {
		if s.ID == "Y7" {
			focus[s.Different] = true
			groupOf(t, matching.GroupID(s.Provision))
		}
	}
	same(t, "centres, each with its focus", len(focus), 14)
	possible := map[matching.GroupID]bool{}
	for _, r := range snapshot(t).Referrals {
		for _, id := range ranked(t, string(r.ID)).groups() {
			possible[id] = true
		}
	}
	for _, g := range snapshot(t).Groups { // of this system and of all others
		if !possible[g.ID] {
			t.Errorf("%s is possible for nobody on the agenda", g.ID)
		}
	}
}

func TestY8_twentyDaysAndTripleNine(t *testing.T) {
	length(t, "course", groupOf(t, "reset-theatre").Days, 20, 20, 20)
	years(t, "reset-theatre", 7, 8, 9)
	length(t, "Year 9", groupOf(t, "triple9").Weeks, 8, 8, 8)
	years(t, "triple9", 9)
	days(t, "triple9", "all", 2)
	course := ranked(t, "r08").possible("reset-theatre/all").Stays[0]
	same(t, "from a set date", course.From, date("2027-01-11"))
	same(t, "to the twentieth school day", course.To, date("2027-02-05"))
	ranked(t, "r07").possible("triple9/all")
}

func TestY9_twoCraftSites(t *testing.T) {
	for _, id := range []matching.GroupID{"craft-forge-a", "craft-forge-b", "craft-kiln-a", "craft-kiln-b"} {
		g := groupOf(t, id)
		same(t, "places", g.Places[g.Timetable.First()], 5)
		days(t, id, "all", 2)
	}
	if groupOf(t, "craft-forge-a").Site == groupOf(t, "craft-kiln-a").Site {
		t.Error("forge and kiln are one site")
	}
	ranked(t, "r02").first("craft-kiln-b/all")
}

func TestY10_cyclesAndRollOnRollOff(t *testing.T) {
	length(t, "cycle", groupOf(t, "skills-cycle").Weeks, 7, 7, 7)
	days(t, "skills-cycle", "all", 3)
	length(t, "ages 16 to 19", groupOf(t, "skills-roll").Weeks, 22, 22, 22)
	years(t, "skills-roll", 12, 13, 14)
	ranked(t, "r21").first("skills-cycle/all")
	ranked(t, "r30").first("skills-roll/all")
}

func TestY11_themedWorkSport(t *testing.T) {
	days(t, "land-a", "themed", 2)
	days(t, "land-a", "work", 2)
	days(t, "land-a", "sport-core", 1)
	days(t, "land-a", "all", 5)
	ranked(t, "r03").possible("land-a/all")
}

func TestY12_educationWithTherapy(t *testing.T) {
	years(t, "therapy-lower", 7, 8, 9)
	years(t, "therapy-upper", 10, 11)
	if !slices.Contains(groupOf(t, "therapy-upper").Approaches, "therapeutic") {
		t.Error("no therapy")
	}
	ranked(t, "r16").possible("therapy-upper/all")
}

func TestY13_twoToFourDays(t *testing.T) {
	days(t, "urban-a", "two-days", 2)
	days(t, "urban-a", "three-days", 3)
	days(t, "urban-a", "four-days", 4)
	r := story(t, "part-time-only")
	r.refused("urban-a/four-days", matching.CodeUnregisteredFullTime)
	r.possible("urban-a/three-days")
	ranked(t, "r16").first("urban-a/four-days") // for whom neither plan nor care speaks
	years(t, "urban-girls9", 9)
	same(t, "girls only", groupOf(t, "urban-girls9").Accepts.Sex, matching.Female)
	ranked(t, "r26").possible("urban-girls9/all")
	same(t, "a boy", ranked(t, "r07").refused("urban-girls9/all", matching.CodeSex).Class, matching.Never)
}

func TestY14_assessmentArea(t *testing.T) {
	for _, id := range []matching.GroupID{"ypc-ks3", "ypc-ks4", "psc-ks2"} {
		same(t, string(id), *groupOf(t, id).Newcomer, matching.Newcomer{Days: 5, Zone: "assessment"})
	}
	r := ranked(t, "r24") // a Year 4 boy
	r.group = "psc-ks2"
	r.only()
	ranked(t, "r20").first("ypc-ks3/all")
}

func TestY15_acrossTheBorder(t *testing.T) {
	r := story(t, "across-the-border")
	r.only()
	r.first("beacon-ks4/all")
}
