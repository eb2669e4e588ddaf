package duty

import "example.org/backontrack/matching/calendar"

// A Route is why a pupil was referred; it decides, with the tier, how a stay is reviewed.
type Route string

// The routes of the referral form.
const (
	PreventPermanent   Route = "prevent_pex"
	AfterPermanent     Route = "day6_pex"
	DuringSuspension   Route = "suspension_day6"
	OffSiteDirection   Route = "offsite_direction"
	Reintegration      Route = "reintegration"
	UnderFairAccess    Route = "fair_access"
	Medical            Route = "medical"
	NoSchoolPlace      Route = "no_school_place"
	Respite            Route = "respite"
	ManagedMoveSupport Route = "managed_move_support"
	Advice             Route = "advice"
)

// Routes are all of them, in the order of the form.
func Routes() []Route {
	return []Route{
		PreventPermanent, AfterPermanent, DuringSuspension, OffSiteDirection, Reintegration, UnderFairAccess,
		Medical, NoSchoolPlace, Respite, ManagedMoveSupport, Advice,
	}
}

// A Tier is how far from the home school a stay is meant to lead (R17).
type Tier string

// The tiers: support in the home school; a stay with a return; a stay that leads on.
const (
	Outreach     Tier = "outreach"
	TimeLimited  Tier = "time_limited"
	Transitional Tier = "transitional"
)

// Tiers are all of them.
func Tiers() []Tier { return []Tier{Outreach, TimeLimited, Transitional} }

// A Cadence is which reviews a stay has that lasts long enough for any.
type Cadence struct {
	Meetings   bool // with the parents, at the start and at the end
	Weekly     bool // after a week and then fortnightly (W5)
	Panel      bool // every six weeks or so (R17a)
	HalfTermly bool // by the placing school (R14)
	Final      bool // just before the end (W5)
	Return     bool // a meeting on the first day back (W7)
	FollowUp   bool // afterwards (W7)
}

// CadenceOf is the cadence of a route and a tier; one that is not known is taken as
// time-limited, which is reviewed most.
//
//   - Advice places nobody and has no reviews.
//   - Outreach reaches a pupil who never left: no weekly reviews, no return, no half-termly
//     review of a placing school.
//   - Respite and a suspension always lead back, whatever the tier says.
//   - A transitional stay leads to another school or beyond: nobody returns, and its panel
//     reviews are the half-termly ones, but for an off-site direction, which is temporary in law.
func CadenceOf(route Route, tier Tier) Cadence {
	back := route == Respite || route == DuringSuspension
	switch {
	case route == Advice:
		return Cadence{}
	case tier == Outreach && !back:
		return Cadence{Meetings: true, Panel: true, Final: true, FollowUp: true}
	case tier == Transitional && !back:
		return Cadence{
			Meetings: true, Weekly: true, Panel: route == OffSiteDirection, HalfTermly: true, Final: true, FollowUp: true,
		}
	default:
		return Cadence{
			Meetings: true, Weekly: true, Panel: true, HalfTermly: true, Final: true, Return: true, FollowUp: true,
		}
	}
}

// A Stay is what the reviews need of a placement.
type Stay struct {
	Route Route
	Tier  Tier
	From  calendar.Date
	To    calendar.Date   // its last day; zero: no end is set
	Moves []calendar.Date // first days in another group of the provision: one more first review after each (W6)
	Held  []Held
}

// A Held review has taken place.
type Held struct {
	Kind Kind
	On   calendar.Date
}

// A Kind is what a review is for.
type Kind string

// The kinds, in the order in which they stand on one day.
const (
	StartMeeting  Kind = "start_meeting"
	FirstWeek     Kind = "first_week"
	Fortnightly   Kind = "fortnightly"
	SixWeekly     Kind = "six_weekly"
	HalfTermly    Kind = "half_termly"
	Final         Kind = "final"
	EndMeeting    Kind = "end_meeting"
	ReturnMeeting Kind = "return_meeting"
	FollowUp      Kind = "follow_up"
)

// kinds say of each kind what it counts from, which setting it has, and who holds it.
var kinds = []struct {
	kind Kind
	key  Key
	who  Party
	due  string
}{
	{StartMeeting, ReviewStay, Provider, "the first day of the stay, with the parents"},
	{FirstWeek, ReviewFirst, Provider, "a week after the start, or after a move within the provision"},
	{Fortnightly, ReviewThen, Provider, "every second week after that"},
	{SixWeekly, ReviewSixWeekly, Panel, "with the first weekly review six weeks or more after the start or the last one of its kind"},
	{HalfTermly, ReviewHalfTermly, School, "with the last weekly review of each half term, else on the last school day of it"},
	{Final, ReviewFinal, Provider, "the school day before the last day"},
	{EndMeeting, ReviewStay, Provider, "the last day of the stay, with the parents"},
	{ReturnMeeting, ReviewReturn, School, "the first school day after the stay: reintegration, and repair with those harmed"},
	{FollowUp, ReviewFollowUp, School, "four weeks after the first school day that follows the stay"},
}

// Kinds are all of them, in the order in which they stand on one day.
func Kinds() []Kind {
	all := make([]Kind, len(kinds))
	for i, k := range kinds {
		all[i] = k.kind
	}
	return all
}

// A Review is one that is planned or was held. It is computed and not stored: what is
// stored is [Held].
type Review struct {
	Kind Kind
	With []Kind        // further kinds that the same review serves
	Due  calendar.Date // zero: the calendar does not reach so far
	On   calendar.Date // when it was held; zero: not yet
}
