package matching_test

// The slow implementation of the snapshot contract: the oracle for the engine's tests. It is meant to be held beside
// snapshot.md, scores.md and rules.md and to say the same, so it prefers loops to any cleverness, and it shares
// no code with the engine. It reads valid snapshots only and panics on others.

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// slowDay counts days from 1970-01-01. Zero stands for a date that is not stated.
type slowDay int

func (d *slowDay) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return err
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return err
	}
	*d = slowDay(day.Unix() / (24 * 60 * 60))
	return nil
}

func (d slowDay) String() string {
	if d == 0 {
		return ""
	}
	return time.Unix(int64(d)*24*60*60, 0).UTC().Format(time.DateOnly)
}

// weekday counts from 1970-01-01, which was a Thursday.
func (d slowDay) weekday() string {
	return [...]string{"thu", "fri", "sat", "sun", "mon", "tue", "wed"}[d%7]
}

// slowSpan is inclusive at both ends; an end that is not stated is open.
type slowSpan struct {
	From, To slowDay
}

// slowTable is one limit for every session, or one for each session named.
type slowTable struct {
	stated   bool
	all      int
	sessions map[string]int
}

func (t *slowTable) UnmarshalJSON(data []byte) error {
	t.stated = true
	if err := json.Unmarshal(data, &t.all); err == nil {
		return nil
	}
	t.sessions = map[string]int{}
	return json.Unmarshal(data, &t.sessions)
}

// at gives the limit at a session, and whether there is one.
func (t slowTable) at(session string) (int, bool) {
	if t.sessions != nil {
		limit, limited := t.sessions[session]
		return limit, limited
	}
	return t.all, t.stated
}

type slowCalendar struct {
	Sessions []string
	Closed   []slowSpan
}

type slowSite struct {
	ID                  string
	Latitude, Longitude *float64
	Access              []string
	FloatingAdults      map[string]int `json:"floating_adults"`
	Changes             []slowChange
}

// slowChange is what a group or a site has instead between two days, both included.
type slowChange struct {
	From, To       slowDay
	Places, Adults slowTable
	FloatingAdults slowTable `json:"floating_adults"`
}

// slowAccepts keeps nil (absent: no restriction) apart from an empty list.
type slowAccepts struct {
	Years   []int
	Sex     string
	Reasons []string
	Needs   []string
	Refuses []string
}

type slowPattern struct {
	ID       string
	Sessions []string
}

type slowTraitLimit struct {
	Trait string
	Max   int
}

type slowStarts struct {
	Weekdays []string
	Dates    []slowDay
}

// slowLength is a number of weeks or of school days; 0 is not stated.
type slowLength struct {
	Min, Usual, Max int
}

type slowNewcomer struct {
	Days int
	Zone string
}

type slowGroup struct {
	ID, Provision, Site, Zone string
	Accepts                   slowAccepts
	Timetable                 []string
	Patterns                  []slowPattern
	Places, Adults            slowTable
	Limits                    []slowTraitLimit
	Offers, Approaches        []string
	Open                      slowSpan
	Starts                    slowStarts
	Weeks, Days               *slowLength
	Newcomer                  *slowNewcomer
	Registered                *bool
	Changes                   []slowChange
}

type slowNeed struct {
	Code string
	Must bool
}

type slowPupil struct {
	ID                  string
	Year                int
	Sex                 string
	Areas               []string
	CareHome            string `json:"care_home"`
	Latitude, Longitude *float64
	Traits              []string
	Needs               []slowNeed
	Support             string
	Access, Busy        []string
	Friends             []string
	EHCP                bool
	LookedAfter         bool `json:"looked_after"`
	Unknown             []string
}

// knows says whether a fact is known of the pupil. A fact listed as unknown is not, whatever else is written about it.
func (p *slowPupil) knows(fact string) bool {
	return !slices.Contains(p.Unknown, fact)
}

type slowKeepApart struct {
	Pupils []string
	Scope  string
	Until  slowDay
}

type slowPlacement struct {
	ID, Pupil, Group, Pattern string
	From, To                  slowDay
	Movable                   bool
	OwnAdult                  bool `json:"own_adult"`
}

type slowWants struct {
	Sessions, Weeks, Days      int
	Offers, Approaches, Groups []string
}

type slowGiven struct {
	Score       int
	AdultDemand *int `json:"adult_demand"`
	Patterns    map[string]int
}

type slowReferral struct {
	ID, Pupil, Reason, Priority, Aim string
	Deadline                         slowDay
	ReadyFrom                        slowDay `json:"ready_from"`
	Wants                            slowWants
	OwnAdult                         bool `json:"own_adult"`
	Given                            map[string]slowGiven
}

// offered says whether a group and pattern are options: all are, unless the referral brings scores.
func (r *slowReferral) offered(group, pattern string) bool {
	if r.Given == nil {
		return true
	}
	given, named := r.Given[group]
	if !named {
		return false
	}
	if given.Patterns == nil {
		return true
	}
	_, named = given.Patterns[pattern]
	return named
}

type slowSeparation struct {
	Code, Scope string
	Rivals      [][]string
	Traits      []string
}

type slowPolicy struct {
	Support          map[string]int
	UnknownSupport   string `json:"unknown_support"`
	Separations      []slowSeparation
	MaxTravelMinutes map[string]int `json:"max_travel_minutes"`
	TravelSpeedKmh   float64        `json:"travel_speed_kmh"`
	TravelDetour     float64        `json:"travel_detour"`
	FullTimeSessions int            `json:"full_time_sessions"`
	PriorityBonus    map[string]int `json:"priority_bonus"`
	LatePenalty      int            `json:"late_penalty"`
	Weights          map[string]int
	Composition      struct{ Friend, Alone int }
	Package          struct {
		MaxGroups int `json:"max_groups"`
	}
	StartsPerGroup int `json:"starts_per_group"`
}

type slowSnapshot struct {
	AsOf       slowDay `json:"as_of"`
	Horizon    slowDay
	Calendar   slowCalendar
	Sites      []*slowSite
	Groups     []*slowGroup
	Pupils     []*slowPupil
	KeepApart  []slowKeepApart `json:"keep_apart"`
	Placements []slowPlacement
	Referrals  []*slowReferral
	Policy     slowPolicy

	standing []slowStay
}

func slowDefaultPolicy() slowPolicy {
	policy := slowPolicy{
		Support:          map[string]int{"standard": 125, "enhanced": 200, "intensive": 500, "one_to_one": 1000},
		UnknownSupport:   "enhanced",
		MaxTravelMinutes: map[string]int{"primary": 45, "secondary": 75},
		TravelSpeedKmh:   20,
		TravelDetour:     1.3,
		FullTimeSessions: 8,
		PriorityBonus:    map[string]int{"statutory": 3000, "urgent": 1500, "routine": 500},
		LatePenalty:      500,
		Weights: map[string]int{"need_fit": 30, "wishes": 10, "curriculum": 10, "journey": 15, "start": 15,
			"coverage": 10, "headroom": 5, "balance": 5},
		StartsPerGroup: 3,
	}
	policy.Composition.Friend, policy.Composition.Alone = 40, 120
	policy.Package.MaxGroups = 1
	return policy
}

func slowDefaultSeparations() []slowSeparation {
	return []slowSeparation{
		{Code: "rival_areas", Scope: "site"},
		{Code: "care_home_peers", Scope: "group"},
		{Code: "anxious_with_aggressive", Scope: "zone", Traits: []string{"anxious_refuser", "aggressive"}},
	}
}

// slowRead decodes over the default policy, so that the members of its objects default one by one.
func slowRead(snapshot []byte) *slowSnapshot {
	s := &slowSnapshot{Policy: slowDefaultPolicy()}
	if err := json.Unmarshal(snapshot, s); err != nil {
		panic(err)
	}
	if s.Policy.Separations == nil {
		s.Policy.Separations = slowDefaultSeparations()
	}
	if s.Calendar.Sessions == nil {
		s.Calendar.Sessions = []string{"mon-am", "mon-pm", "tue-am", "tue-pm", "wed-am", "wed-pm",
			"thu-am", "thu-pm", "fri-am", "fri-pm"}
	}
	slices.SortFunc(s.Calendar.Sessions, slowCompareSessions)
	for _, g := range s.Groups {
		slowGroupDefaults(g)
	}
	slices.SortFunc(s.Groups, func(a, b *slowGroup) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(s.Referrals, func(a, b *slowReferral) int { return cmp.Compare(a.ID, b.ID) })
	for _, placement := range s.Placements {
		s.standing = append(s.standing, s.standingStay(placement))
	}
	return s
}

func slowGroupDefaults(g *slowGroup) {
	if g.Zone == "" {
		g.Zone = "main"
	}
	if len(g.Patterns) == 0 {
		g.Patterns = []slowPattern{{ID: "all", Sessions: g.Timetable}}
	}
	slices.SortFunc(g.Patterns, func(a, b slowPattern) int { return cmp.Compare(a.ID, b.ID) })
}

// slowCompareSessions puts mon-am before mon-pm before tue-am.
func slowCompareSessions(a, b string) int {
	week := []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
	if order := cmp.Compare(slices.Index(week, slowSessionDay(a)), slices.Index(week, slowSessionDay(b))); order != 0 {
		return order
	}
	return cmp.Compare(a, b)
}

func slowSessionDay(session string) string {
	day, _, _ := strings.Cut(session, "-")
	return day
}

func (s *slowSnapshot) group(id string) *slowGroup {
	return s.Groups[slices.IndexFunc(s.Groups, func(g *slowGroup) bool { return g.ID == id })]
}

func (s *slowSnapshot) site(id string) *slowSite {
	return s.Sites[slices.IndexFunc(s.Sites, func(site *slowSite) bool { return site.ID == id })]
}

func (s *slowSnapshot) pupil(id string) *slowPupil {
	return s.Pupils[slices.IndexFunc(s.Pupils, func(p *slowPupil) bool { return p.ID == id })]
}

func (g *slowGroup) pattern(id string) slowPattern {
	return g.Patterns[slices.IndexFunc(g.Patterns, func(p slowPattern) bool { return p.ID == id })]
}

func (s *slowSnapshot) closed(day slowDay) bool {
	for _, holiday := range s.Calendar.Closed {
		if holiday.From <= day && day <= holiday.To {
			return true
		}
	}
	return false
}

// schoolDay is Monday to Friday, not closed.
func (s *slowSnapshot) schoolDay(day slowDay) bool {
	return slices.Contains([]string{"mon", "tue", "wed", "thu", "fri"}, day.weekday()) && !s.closed(day)
}

// schoolDays counts those from one day to another, both included.
func (s *slowSnapshot) schoolDays(from, to slowDay) int {
	count := 0
	for day := from; day <= to; day++ {
		if s.schoolDay(day) {
			count++
		}
	}
	return count
}
