package matching_test

import (
	"math"
	"slices"
)

// slowReason is one hard rule that fails. Limit and Observed are set by the rules that compare numbers.
type slowReason struct {
	Code, Class     string
	Limit, Observed int
	Date, Session   string
	Times           int
	Pupils          []string
	Clears          string
}

// slowRule is one hard rule of a referral in a group. Its check gives nil when the rule holds. With doubt, whatever is
// not known of anybody is taken to be the answer that makes the rule refuse; without, it never refuses for it.
type slowRule struct {
	code   string
	dated  bool // reads the stay, so needs an allowed start
	clears bool // may clear by itself at a later start
	check  func(stay slowStay, doubt bool) *slowReason
}

// rules lists them in the order of the contract's table.
func (s *slowSnapshot) rules(r *slowReferral, g *slowGroup) []slowRule {
	p, accepts := s.pupil(r.Pupil), g.Accepts
	undated := func(code, class string, fails func(doubt bool) bool) slowRule {
		return slowRule{code: code, check: func(_ slowStay, doubt bool) *slowReason {
			if !fails(doubt) {
				return nil
			}
			return &slowReason{Code: code, Class: class}
		}}
	}
	rules := []slowRule{
		undated("year_group", "never", func(doubt bool) bool { return slowYearFails(p, accepts, doubt) }),
		undated("sex", "never", func(doubt bool) bool { return slowSexFails(p, accepts, doubt) }),
		undated("referral_reason", "never", func(bool) bool {
			return accepts.Reasons != nil && !slices.Contains(accepts.Reasons, r.Reason)
		}),
		undated("needs_not_met", "waiver", func(doubt bool) bool { return slowNeedsFail(p, accepts, doubt) }),
		undated("refused_trait", "never", func(doubt bool) bool { return slowTraitRefused(p, accepts, doubt) }),
		undated("access", "never", func(doubt bool) bool { return s.accessFails(p, g, doubt) }),
		{code: "journey", check: func(_ slowStay, doubt bool) *slowReason { return s.journeyFails(p, g, doubt) }},
		{code: "busy", dated: true, clears: true, check: s.busyFails},
		{code: "too_short", dated: true, check: s.tooShort},
		{code: "places", dated: true, clears: true, check: s.placesFail},
		{code: "staffing", dated: true, clears: true, check: s.staffingFails},
	}
	for _, limit := range g.Limits {
		rules = append(rules, s.traitLimitRule(limit))
	}
	rules = append(rules, slowRule{code: "unregistered_full_time", dated: true, check: s.unregisteredFails})
	for _, separation := range s.Policy.Separations {
		rules = append(rules, s.separationRule(separation))
	}
	for _, scope := range []string{"group", "zone", "site"} {
		rules = append(rules, s.keepApartRule(scope))
	}
	return rules
}

func slowYearFails(p *slowPupil, accepts slowAccepts, doubt bool) bool {
	if accepts.Years == nil {
		return false
	}
	if !p.knows("year") {
		return doubt
	}
	return !slices.Contains(accepts.Years, p.Year)
}

func slowSexFails(p *slowPupil, accepts slowAccepts, doubt bool) bool {
	if accepts.Sex == "" {
		return false
	}
	if !p.knows("sex") {
		return doubt
	}
	return p.Sex != accepts.Sex
}

func slowNeedsFail(p *slowPupil, accepts slowAccepts, doubt bool) bool {
	if accepts.Needs == nil {
		return false
	}
	if !p.knows("needs") {
		return doubt
	}
	for _, need := range p.Needs {
		if need.Must && !slices.Contains(accepts.Needs, need.Code) {
			return true
		}
	}
	return false
}

func slowTraitRefused(p *slowPupil, accepts slowAccepts, doubt bool) bool {
	for _, trait := range accepts.Refuses {
		if slowHasTrait(p, trait, doubt) {
			return true
		}
	}
	return false
}

func slowHasTrait(p *slowPupil, trait string, doubt bool) bool {
	if !p.knows("traits") {
		return doubt
	}
	return slices.Contains(p.Traits, trait)
}

func (s *slowSnapshot) accessFails(p *slowPupil, g *slowGroup, doubt bool) bool {
	if !p.knows("access") {
		return doubt
	}
	for _, access := range p.Access {
		if !slices.Contains(s.site(g.Site).Access, access) {
			return true
		}
	}
	return false
}

// minutes estimates the journey, rounded up; -1 where coordinates are unknown.
func (s *slowSnapshot) minutes(p *slowPupil, g *slowGroup) int {
	site := s.site(g.Site)
	if p.Latitude == nil || p.Longitude == nil || !p.knows("latitude") || !p.knows("longitude") ||
		site.Latitude == nil || site.Longitude == nil {
		return -1
	}
	km := slowGreatCircle(*p.Latitude, *p.Longitude, *site.Latitude, *site.Longitude)
	return int(math.Ceil(km * s.Policy.TravelDetour / s.Policy.TravelSpeedKmh * 60))
}

// slowGreatCircle is the haversine distance on a sphere of radius 6371 km.
func slowGreatCircle(latitude1, longitude1, latitude2, longitude2 float64) float64 {
	radians := func(degrees float64) float64 { return degrees * math.Pi / 180 }
	sinLatitude := math.Sin(radians(latitude2-latitude1) / 2)
	sinLongitude := math.Sin(radians(longitude2-longitude1) / 2)
	h := sinLatitude*sinLatitude +
		math.Cos(radians(latitude1))*math.Cos(radians(latitude2))*sinLongitude*sinLongitude
	return 2 * 6371 * math.Asin(math.Sqrt(min(h, 1)))
}

// journeyLimits gives the limit of the pupil's phase as expected, and the lowest and highest that it could be.
func (s *slowSnapshot) journeyLimits(p *slowPupil) (expected, lowest, highest int) {
	primary, secondary := s.Policy.MaxTravelMinutes["primary"], s.Policy.MaxTravelMinutes["secondary"]
	switch {
	case !p.knows("year"):
		return secondary, min(primary, secondary), max(primary, secondary)
	case p.Year <= 6:
		return primary, primary, primary
	}
	return secondary, secondary, secondary
}

func (s *slowSnapshot) journeyFails(p *slowPupil, g *slowGroup, doubt bool) *slowReason {
	minutes := s.minutes(p, g)
	_, limit, _ := s.journeyLimits(p)
	known := minutes >= 0 && p.knows("year")
	if !known && !doubt {
		return nil
	}
	if minutes >= 0 && minutes <= limit {
		return nil
	}
	return &slowReason{Code: "journey", Class: "waiver", Limit: limit, Observed: minutes}
}

// slowTaken is some sessions of a pupil that are spoken for between two dates.
type slowTaken struct {
	from, to slowDay
	sessions []string // those shared with the stay
}

// taken lists what clashes with a stay: the pupil's own busy sessions, and his standing placements.
func (s *slowSnapshot) taken(stay slowStay, doubt bool) []slowTaken {
	busy := stay.pupil.Busy
	if !stay.pupil.knows("busy") {
		busy = nil
		if doubt {
			busy = stay.sessions
		}
	}
	all := []slowTaken{{stay.from, stay.to, s.shared(stay.sessions, busy)}}
	for _, other := range s.standing {
		if other.pupil == stay.pupil {
			from, to := max(stay.from, other.from), min(stay.to, other.to)
			all = append(all, slowTaken{from, to, s.shared(stay.sessions, other.sessions)})
		}
	}
	return slices.DeleteFunc(all, func(t slowTaken) bool { return t.from > t.to || len(t.sessions) == 0 })
}

// shared lists the sessions in both lists, in the order of the week.
func (s *slowSnapshot) shared(a, b []string) []string {
	var shared []string
	for _, session := range s.Calendar.Sessions {
		if slices.Contains(a, session) && slices.Contains(b, session) {
			shared = append(shared, session)
		}
	}
	return shared
}

func (s *slowSnapshot) busyFails(stay slowStay, doubt bool) *slowReason {
	taken := s.taken(stay, doubt)
	if len(taken) == 0 {
		return nil
	}
	reason := &slowReason{Code: "busy", Class: "move"}
	for _, at := range s.moments(stay) {
		for _, t := range taken {
			if t.from <= at.day && at.day <= t.to && slices.Contains(t.sessions, at.session) {
				reason.fail(at)
				break // one session is one failure, however often it is taken
			}
		}
	}
	return reason // without a date where the dates overlap, but no session takes place there
}

// fail counts a failing moment and keeps the first.
func (reason *slowReason) fail(at slowMoment) {
	if reason.Times == 0 {
		reason.Date, reason.Session = at.day.String(), at.session
	}
	reason.Times++
}

// tooShort looks at what is left from the start until the group closes or the horizon.
func (s *slowSnapshot) tooShort(stay slowStay, _ bool) *slowReason {
	g, last := stay.group, s.last(stay.group)
	reason := &slowReason{Code: "too_short", Class: "never"}
	short := false
	switch {
	case g.Days != nil:
		left := s.schoolDays(stay.from, last)
		short, reason.Limit, reason.Observed = left < g.Days.Min, g.Days.Min, left
	case g.Weeks != nil:
		left := int(last-stay.from) + 1
		short, reason.Limit, reason.Observed = left < 7*g.Weeks.Min, g.Weeks.Min, left/7
	}
	if !short {
		return nil
	}
	return reason
}
