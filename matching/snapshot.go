package matching

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/internal/strictjson"
)

// Format is the name of the snapshot format that this package reads and writes.
const Format = "placement-snapshot/1"

// Identifiers mean nothing in themselves. Orders that end in one compare bytes.
type (
	// SiteID identifies a site.
	SiteID string
	// GroupID identifies a group.
	GroupID string
	// ProvisionID names an organisation that offers places; groups share it.
	ProvisionID string
	// PatternID identifies a pattern within its group.
	PatternID string
	// PupilID identifies a pupil, and should be a pseudonym.
	PupilID string
	// PlacementID identifies a standing placement.
	PlacementID string
	// ReferralID identifies a referral.
	ReferralID string
)

// A Snapshot is what was known on one day about places, adults, pupils, standing
// placements, open referrals and the policy in force. It is written in Go as a
// literal, or read from JSON by [Read]; [New] checks either in the same way and
// makes an [Engine] of it. The engine keeps the snapshot: don't change it afterwards.
//
// The order of Sites, Groups, Pupils, KeepApart, Placements and Referrals means nothing.
type Snapshot struct {
	Format     string        `json:"format"`  // may be left out in Go
	AsOf       calendar.Date `json:"as_of"`   // the day of the panel
	Horizon    calendar.Date `json:"horizon"` // no placement is planned to end later
	Calendar   Calendar      `json:"calendar,omitzero"`
	Sites      []Site        `json:"sites"`
	Groups     []Group       `json:"groups"`
	Pupils     []Pupil       `json:"pupils"`
	KeepApart  []KeepApart   `json:"keep_apart,omitempty"`
	Placements []Placement   `json:"placements,omitempty"`
	Referrals  []Referral    `json:"referrals"`
	Policy     *Policy       `json:"policy,omitempty"` // nil is [DefaultPolicy]
}

// Calendar says when sessions take place.
type Calendar struct {
	Sessions calendar.Sessions  `json:"sessions,omitempty"` // empty: all ten
	Closed   []calendar.Closure `json:"closed,omitempty"`
}

// A Site is where groups meet.
type Site struct {
	ID             SiteID       `json:"id"`
	Name           string       `json:"name,omitempty"`
	Postcode       string       `json:"postcode,omitempty"`
	Latitude       *float64     `json:"latitude,omitempty"` // degrees; both or none
	Longitude      *float64     `json:"longitude,omitempty"`
	Access         []string     `json:"access,omitempty"`          // what it has: "step_free"
	FloatingAdults PerSession   `json:"floating_adults,omitempty"` // thousandths of an adult who may top up any group; a session left out has none
	Changes        []SiteChange `json:"changes,omitempty"`
}

// A SiteChange replaces what a site has at some sessions from a day to a day, both included. A session left
// out stays as it is. No two changes of one site are about one session on one day.
type SiteChange struct {
	From           calendar.Date `json:"from"`
	To             calendar.Date `json:"to"`
	FloatingAdults PerSession    `json:"floating_adults"`
}

// A Group is pupils taught together in one zone of a site at stated sessions.
type Group struct {
	ID             GroupID           `json:"id"`
	Provision      ProvisionID       `json:"provision,omitempty"`
	Site           SiteID            `json:"site"`
	Zone           string            `json:"zone,omitempty"` // empty: "main"
	Name           string            `json:"name,omitempty"`
	Accepts        Accepts           `json:"accepts,omitzero"`
	Timetable      calendar.Sessions `json:"timetable"`
	Patterns       []Pattern         `json:"patterns,omitempty"` // nil: one, "all", the timetable
	Places         PerSession        `json:"places,omitempty"`   // pupils; a session left out is not limited
	Adults         PerSession        `json:"adults,omitempty"`   // thousandths of an adult; a session left out is not limited
	Limits         []Limit           `json:"limits,omitempty"`
	Offers         []string          `json:"offers,omitempty"`
	Approaches     []string          `json:"approaches,omitempty"`
	Open           Span              `json:"open,omitzero"`
	Starts         Starts            `json:"starts,omitzero"`
	Weeks          *Length           `json:"weeks,omitempty"`
	Days           *Length           `json:"days,omitempty"` // school days, for short stays; then no Weeks
	Newcomer       *Newcomer         `json:"newcomer,omitempty"`
	Registered     *bool             `json:"registered,omitempty"`       // nil: a registered school
	CostPerSession int               `json:"cost_per_session,omitempty"` // pence
	Changes        []GroupChange     `json:"changes,omitempty"`
}

// A GroupChange replaces what a group has at some sessions from a day to a day, both included: staff who are away, a
// room that is lent. A session left out stays as it is. No two changes of one group are about the places, or the adults,
// of one session on one day.
type GroupChange struct {
	From   calendar.Date `json:"from"`
	To     calendar.Date `json:"to"`
	Places PerSession    `json:"places,omitempty"`
	Adults PerSession    `json:"adults,omitempty"`
}

// Accepts are a group's criteria. What is left out (nil) does not restrict; an
// empty list accepts nothing.
type Accepts struct {
	Years   []int    `json:"years,omitzero"` // National Curriculum years, Reception is 0
	Sex     Sex      `json:"sex,omitempty"`
	Reasons []string `json:"reasons,omitzero"`
	Needs   []string `json:"needs,omitzero"`
	Refuses []string `json:"refuses,omitzero"` // traits
}

// A Pattern is the sessions of a group that one pupil attends.
type Pattern struct {
	ID       PatternID         `json:"id"`
	Sessions calendar.Sessions `json:"sessions"`
}

// A Limit is the most pupils with a trait in the group at one session.
type Limit struct {
	Trait string `json:"trait"`
	Max   int    `json:"max"`
}

// A Span is a run of days, both ends included; a zero end is open.
type Span struct {
	From calendar.Date `json:"from,omitzero"`
	To   calendar.Date `json:"to,omitzero"`
}

// Starts are the days on which a stay may begin: those weekdays, or those dates.
// Neither (nil): any school day. An empty list is none.
type Starts struct {
	Weekdays []Weekday       `json:"weekdays,omitzero"`
	Dates    []calendar.Date `json:"dates,omitzero"`
}

// A Length bounds a stay, in weeks or in school days. Zero is not stated.
type Length struct {
	Min   int `json:"min,omitempty"`
	Usual int `json:"usual,omitempty"`
	Max   int `json:"max,omitempty"`
}

// Newcomer sends a pupil to another zone of the site for the first school days.
type Newcomer struct {
	Days int    `json:"days"`
	Zone string `json:"zone"`
}

// Sex is "F", "M" or "U". "U", or left out, is neither, and no single-sex group takes it;
// where nobody has said, list "sex" in Unknown.
type Sex string

// The sexes that a pupil may be of, and that a group may be for.
const (
	Female Sex = "F"
	Male   Sex = "M"
)

// A Pupil is what matching may see of a child: no name, no date of birth, and
// of a fact only what a rule or a score reads.
type Pupil struct {
	ID          PupilID           `json:"id"`
	Year        int               `json:"year"` // National Curriculum year, 0 to 14; Reception is 0. JSON has to give it, or list it in Unknown
	Sex         Sex               `json:"sex,omitempty"`
	Areas       []string          `json:"areas,omitempty"`     // areas that count for rivalry
	CareHome    string            `json:"care_home,omitempty"` // empty: none
	Latitude    *float64          `json:"latitude,omitempty"`
	Longitude   *float64          `json:"longitude,omitempty"`
	Traits      []string          `json:"traits,omitempty"` // open vocabulary: groups and the policy give them meaning
	Needs       []Need            `json:"needs,omitempty"`
	Support     string            `json:"support,omitempty"` // a level of the policy; empty: "standard"
	Access      []string          `json:"access,omitempty"`
	Busy        calendar.Sessions `json:"busy,omitempty"`    // sessions already spoken for
	Friends     []PupilID         `json:"friends,omitempty"` // one side is enough
	EHCP        bool              `json:"ehcp,omitempty"`
	LookedAfter bool              `json:"looked_after,omitempty"`
	Unknown     []Fact            `json:"unknown,omitempty"` // facts that nobody has given yet
}

// SetDefaults marks the year as not given.
func (p *Pupil) SetDefaults() { p.Year = yearNotGiven }

const yearNotGiven = -1

// Knows tells whether a fact of the pupil is known. One that is not listed in
// Unknown is, also when it is empty.
func (p *Pupil) Knows(f Fact) bool {
	return !slices.Contains(p.Unknown, f)
}

// A Fact is the name of a pupil's field, as JSON writes it.
type Fact string

// The facts that may be unknown.
const (
	FactYear        Fact = "year"
	FactSex         Fact = "sex"
	FactAreas       Fact = "areas"
	FactCareHome    Fact = "care_home"
	FactLatitude    Fact = "latitude"
	FactLongitude   Fact = "longitude"
	FactTraits      Fact = "traits"
	FactNeeds       Fact = "needs"
	FactSupport     Fact = "support"
	FactAccess      Fact = "access"
	FactBusy        Fact = "busy"
	FactFriends     Fact = "friends"
	FactEHCP        Fact = "ehcp"
	FactLookedAfter Fact = "looked_after"
)

// Facts are all facts that may be unknown, in the order of the contract.
func Facts() []Fact {
	return []Fact{
		FactYear, FactSex, FactAreas, FactCareHome, FactLatitude, FactLongitude, FactTraits, FactNeeds,
		FactSupport, FactAccess, FactBusy, FactFriends, FactEHCP, FactLookedAfter,
	}
}

// A Need is a special educational need; one that must be met restricts the groups.
type Need struct {
	Code string `json:"code"`
	Must bool   `json:"must,omitempty"`
}

// KeepApart names two pupils who may not be together, until a last day if there is one.
type KeepApart struct {
	Pupils []PupilID     `json:"pupils"`
	Scope  Scope         `json:"scope,omitempty"` // empty: site
	Until  calendar.Date `json:"until,omitzero"`  // the last day on which it holds; zero: no end
	Reason string        `json:"reason,omitempty"`
}

// A Placement is a pupil's standing place in a group.
type Placement struct {
	ID       PlacementID   `json:"id"`
	Pupil    PupilID       `json:"pupil"`
	Group    GroupID       `json:"group"`
	Pattern  PatternID     `json:"pattern,omitempty"` // empty: "all"
	From     calendar.Date `json:"from"`
	To       calendar.Date `json:"to"`                  // the last day
	Movable  bool          `json:"movable,omitempty"`   // it may be moved for somebody else
	OwnAdult bool          `json:"own_adult,omitempty"` // a funded one-to-one adult comes along
}

// A Referral is a request for a place for one pupil.
type Referral struct {
	ID        ReferralID        `json:"id"`
	Pupil     PupilID           `json:"pupil"`
	Received  calendar.Date     `json:"received,omitzero"`
	Reason    string            `json:"reason,omitempty"`
	Priority  string            `json:"priority,omitempty"` // one that the policy prices; empty: "routine"
	Deadline  calendar.Date     `json:"deadline,omitzero"`  // the latest lawful first day
	ReadyFrom calendar.Date     `json:"ready_from,omitzero"`
	Aim       Aim               `json:"aim,omitempty"`
	Wants     Wants             `json:"wants,omitzero"`
	OwnAdult  bool              `json:"own_adult,omitempty"` // a funded one-to-one adult comes along
	Given     map[GroupID]Given `json:"given,omitzero"`      // scores from elsewhere; then only these groups are options
}

// An Aim is what a placement is for.
type Aim string

// The aims. Only reintegration changes a score (coverage).
const (
	Reintegration Aim = "reintegration"
	Qualification Aim = "qualification"
	Transition    Aim = "transition"
	Respite       Aim = "respite"
	Assessment    Aim = "assessment"
)

// Wants is what is asked for. Zero and empty are not stated.
type Wants struct {
	Sessions   int       `json:"sessions,omitempty"` // a week
	Weeks      int       `json:"weeks,omitempty"`
	Days       int       `json:"days,omitempty"` // school days, in a group that counts days
	Offers     []string  `json:"offers,omitempty"`
	Approaches []string  `json:"approaches,omitempty"`
	Groups     []GroupID `json:"groups,omitempty"` // the family's choice, best first
}

// Given is a score that another tool brings for a group (section 4 of the contract).
type Given struct {
	Score       int               `json:"score"`
	AdultDemand *int              `json:"adult_demand,omitempty"` // thousandths, in place of the support level's share
	Patterns    map[PatternID]int `json:"patterns,omitempty"`     // then only these are options, with these scores
}

// A Scope is how near "together" is.
type Scope string

// The scopes, from the nearest.
const (
	InGroup Scope = "group"
	InZone  Scope = "zone"
	OnSite  Scope = "site"
)

func distance(aLat, aLon, bLat, bLon *float64) (km float64, known bool) {
	if aLat == nil || aLon == nil || bLat == nil || bLon == nil {
		return 0, false
	}
	const earthRadius, rad = 6371.0, math.Pi / 180
	// Products are converted one by one, so that no processor fuses them and rounds differently.
	dLat, dLon := math.Sin(float64((*bLat-*aLat)*rad)/2), math.Sin(float64((*bLon-*aLon)*rad)/2)
	across := float64(float64(math.Cos(float64(*aLat*rad))*math.Cos(float64(*bLat*rad))) * float64(dLon*dLon))
	h := float64(dLat*dLat) + across
	return float64(2*earthRadius) * math.Asin(math.Sqrt(min(h, 1))), true
}

var _ strictjson.Defaulter = (*Pupil)(nil)

func pointer(steps ...any) string {
	var b strings.Builder
	for _, step := range steps {
		b.WriteString("/" + strictjson.Escape(fmt.Sprint(step)))
	}
	return b.String()
}
