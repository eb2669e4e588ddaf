package published

import (
	"fmt"
	"slices"
	"strconv"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// panelInstance is the format ap-panel-1. People are numbered, the referred first; a mask has
// a bit for each session, in the order of the week.
type panelInstance struct {
	Unit   int // of staff, in one adult
	Sites  int
	Groups []struct {
		Site, Places int
		Staff        [calendar.PerWeek]int
		Patterns     []int // masks
	}
	People []struct {
		Area, Home, Tag, Girl, Demand int // no home: -1; tag 1 anxious, 2 aggressive; demand in units
	}
	Occupants [][3]int   // person, group, mask
	Options   [][][3]int // by referral: group, number of its pattern, score
	Rivals    [][2]int   // areas
	Pairs     [][3]int   // two people to keep apart, and the scope: 0 group, 1 site
	Friends   [][3]int   // two people, and a price
}

// check finds the first number that leads nowhere.
func (p *panelInstance) check() error {
	people, groups := len(p.People), len(p.Groups)
	if p.Unit < 1 {
		return fmt.Errorf("/unit: expected 1 or more")
	}
	if len(p.Options) > people {
		return fmt.Errorf("/options: expected at most one list for each of %d people", people)
	}
	for i, o := range p.Occupants {
		if !within(o[0], people) || !within(o[1], groups) {
			return fmt.Errorf("/occupants/%d: expected a person and a group of the file", i)
		}
	}
	for i, list := range p.Options {
		for n, o := range list {
			if !within(o[0], groups) || !within(o[1], len(p.Groups[o[0]].Patterns)) {
				return fmt.Errorf("/options/%d/%d: expected a group of the file and one of its patterns", i, n)
			}
		}
	}
	for i, pair := range p.Pairs {
		if !within(pair[0], people) || !within(pair[1], people) || !within(pair[2], 2) {
			return fmt.Errorf("/pairs/%d: expected two people of the file, and a scope of 0 or 1", i)
		}
	}
	for i, pair := range p.Friends {
		if !within(pair[0], people) || !within(pair[1], people) {
			return fmt.Errorf("/friends/%d: expected two people of the file", i)
		}
	}
	return nil
}

func within(i, length int) bool { return 0 <= i && i < length }

// snapshot is the instance as a snapshot without friends; pupils come in the order of people.
func (p *panelInstance) snapshot() *matching.Snapshot {
	s := frame(0)
	for i := range p.Sites {
		s.Sites = append(s.Sites, matching.Site{ID: siteID(i), Name: string(siteID(i))})
	}
	s.Groups = p.groups()
	for i := range p.People {
		s.Pupils = append(s.Pupils, p.pupil(i))
	}
	for i := range p.Options {
		if given := p.given(i); len(given) > 0 {
			s.Referrals = append(s.Referrals, referral(i, given))
		}
	}
	for i, o := range p.Occupants {
		s.Placements = append(s.Placements, matching.Placement{
			ID: matching.PlacementID("o" + strconv.Itoa(i)), Pupil: pupilID(o[0]), Group: groupID(o[1]), Pattern: patternID(o[2]),
			From: calendar.MustDate("2026-11-02"), To: lastDay,
		})
	}
	for _, pair := range p.Pairs {
		s.KeepApart = append(s.KeepApart, matching.KeepApart{
			Pupils: []matching.PupilID{pupilID(pair[0]), pupilID(pair[1])},
			Scope:  []matching.Scope{matching.InGroup, matching.OnSite}[pair[2]], Reason: "named",
		})
	}
	s.Policy.Separations = p.separations()
	return s
}

// groups have the patterns of the instance, and those of their occupants.
func (p *panelInstance) groups() []matching.Group {
	masks := make([][]int, len(p.Groups))
	for i := range p.Groups {
		masks[i] = slices.Clone(p.Groups[i].Patterns)
	}
	for _, o := range p.Occupants {
		if !slices.Contains(masks[o[1]], o[2]) {
			masks[o[1]] = append(masks[o[1]], o[2])
		}
	}
	var groups []matching.Group
	for i := range p.Groups {
		from, g := &p.Groups[i], group(i, p.Groups[i].Site)
		g.Places = matching.Every(from.Places)
		for _, m := range masks[i] {
			g.Timetable |= calendar.Sessions(m)
			g.Patterns = append(g.Patterns, matching.Pattern{ID: patternID(m), Sessions: calendar.Sessions(m)})
		}
		g.Adults = matching.PerSession{}
		for session := range g.Timetable.All() {
			g.Adults[session] = from.Staff[session] * 1000 / p.Unit
		}
		groups = append(groups, g)
	}
	return groups
}

// levels price support in the instance's units: thousandths of an adult, by the default policy.
var levels = map[int]string{40: "one_to_one", 20: "intensive", 8: "enhanced", 5: "standard"}

func (p *panelInstance) pupil(i int) matching.Pupil {
	from := &p.People[i]
	pupil := matching.Pupil{
		ID: pupilID(i), Year: 9, Sex: matching.Male, Areas: []string{areaID(from.Area)}, Support: levels[from.Demand],
	}
	if from.Girl != 0 {
		pupil.Sex = matching.Female
	}
	if from.Home >= 0 {
		pupil.CareHome = "h" + strconv.Itoa(from.Home)
	}
	switch from.Tag {
	case 1:
		pupil.Traits = []string{"anxious_refuser"}
	case 2:
		pupil.Traits = []string{"aggressive"}
	}
	return pupil
}

// given are the scores of a referral's options, by group and pattern.
func (p *panelInstance) given(referral int) map[matching.GroupID]matching.Given {
	given := map[matching.GroupID]matching.Given{}
	for _, o := range p.Options[referral] {
		g := groupID(o[0])
		if _, known := given[g]; !known {
			given[g] = matching.Given{Patterns: map[matching.PatternID]int{}}
		}
		given[g].Patterns[patternID(p.Groups[o[0]].Patterns[o[1]])] = o[2]
	}
	return given
}

func (p *panelInstance) separations() []matching.SeparationPolicy {
	var rivals [][]string
	for _, pair := range p.Rivals {
		rivals = append(rivals, []string{areaID(pair[0]), areaID(pair[1])})
	}
	return []matching.SeparationPolicy{
		{Code: matching.CodeRivalAreas, Scope: matching.OnSite, Rivals: rivals},
		{Code: matching.CodeCareHomePeers, Scope: matching.InGroup},
		{Code: matching.CodeAnxiousWithAggressive, Scope: matching.InGroup, Traits: []string{"anxious_refuser", "aggressive"}},
	}
}

func areaID(i int) string { return "a" + strconv.Itoa(i) }

func patternID(mask int) matching.PatternID { return matching.PatternID("m" + strconv.Itoa(mask)) }
