package matching

import "maps"

// A Policy says what an authority's panel wants: how support is priced, who is
// kept apart, what counts how much. Start from [DefaultPolicy] in Go; in JSON
// each member that is left out has its default.
type Policy struct {
	ID               string             `json:"id"`
	Name             string             `json:"name,omitempty"`
	Support          map[string]int     `json:"support"`         // thousandths of an adult, by level; one left out has its default; those of the default stay priced
	UnknownSupport   string             `json:"unknown_support"` // the level that an unknown one is priced as
	Separations      []SeparationPolicy `json:"separations"`
	MaxTravelMinutes TravelLimits       `json:"max_travel_minutes"`
	TravelSpeedKMH   float64            `json:"travel_speed_kmh"`
	TravelDetour     float64            `json:"travel_detour"`      // length of a road ÷ straight line
	FullTimeSessions int                `json:"full_time_sessions"` // from this many sessions a week a stay is full time
	PriorityBonus    map[string]int     `json:"priority_bonus"`     // points, by priority
	LatePenalty      int                `json:"late_penalty"`       // points taken for a start after the deadline
	MoveCost         int                `json:"move_cost"`          // points taken for each standing placement that is re-seated
	Weights          map[Code]int       `json:"weights"`            // by criterion; one left out has its default, 0 drops it; only their proportions count
	Composition      CompositionPolicy  `json:"composition"`
	Package          PackagePolicy      `json:"package"`
	StartsPerGroup   int                `json:"starts_per_group"` // start dates considered per group and pattern
}

// SeparationPolicy keeps pupils apart who are together at a scope: those from two
// rival areas, those with two traits, or, for care_home_peers, those of one care home.
type SeparationPolicy struct {
	Code   Code       `json:"code"`
	Scope  Scope      `json:"scope"`
	Rivals [][]string `json:"rivals,omitzero"`
	Traits []string   `json:"traits,omitzero"`
}

// TravelLimits are the most minutes of a journey: primary is Years 0 to 6.
type TravelLimits struct {
	Primary   int `json:"primary"`
	Secondary int `json:"secondary"`
}

// CompositionPolicy prices who is together: points for each pair of friends,
// and taken for each pupil who is the only one of her or his sex.
type CompositionPolicy struct {
	Friend int `json:"friend"`
	Alone  int `json:"alone"`
}

// PackagePolicy bounds how many groups one pupil's week may be put together from.
type PackagePolicy struct {
	MaxGroups int `json:"max_groups"`
}

// DefaultPolicy returns a new policy with the values of the contract (section 2), and no rivals.
func DefaultPolicy() *Policy {
	p := &Policy{}
	p.SetDefaults()
	return p
}

// SetDefaults gives p the values of the contract.
func (p *Policy) SetDefaults() {
	*p = Policy{
		ID:             "default",
		Support:        map[string]int{"standard": 125, "enhanced": 200, "intensive": 500, "one_to_one": 1000},
		UnknownSupport: "enhanced",
		Separations: []SeparationPolicy{
			{Code: CodeRivalAreas, Scope: OnSite},
			{Code: CodeCareHomePeers, Scope: InGroup},
			{Code: CodeAnxiousWithAggressive, Scope: InZone, Traits: []string{"anxious_refuser", "aggressive"}},
		},
		MaxTravelMinutes: TravelLimits{Primary: 45, Secondary: 75},
		TravelSpeedKMH:   20,
		TravelDetour:     1.3,
		FullTimeSessions: 8,
		PriorityBonus:    map[string]int{"statutory": 3000, "urgent": 1500, routine: 500},
		LatePenalty:      500,
		MoveCost:         150,
		Weights: map[Code]int{
			CodeNeedFit: 30, CodeWishes: 10, CodeCurriculum: 10, CodeJourney: 15,
			CodeStart: 15, CodeCoverage: 10, CodeHeadroom: 5, CodeBalance: 5,
		},
		Composition:    CompositionPolicy{Friend: 40, Alone: 120},
		Package:        PackagePolicy{MaxGroups: 1},
		StartsPerGroup: 3,
	}
}

const (
	routine  = "routine"
	standard = "standard"
)

// withDefaults returns a copy in which the open tables hold their default entries too.
func (p *Policy) withDefaults() *Policy {
	full := DefaultPolicy()
	if p == nil {
		return full
	}
	out := *p
	out.Support = merged(full.Support, p.Support)
	out.PriorityBonus = merged(full.PriorityBonus, p.PriorityBonus)
	out.Weights = merged(full.Weights, p.Weights)
	return &out
}

func merged[K comparable](defaults, given map[K]int) map[K]int {
	out := maps.Clone(defaults)
	maps.Copy(out, given)
	return out
}
